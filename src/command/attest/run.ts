import { type Audit, audit } from '../../audit.ts';
import type { Language } from '../../result/result.ts';
import { type CommandContext, localeLanguage } from '../context.ts';

export interface AttestOptions {
  readonly policy?: string;
  readonly asOf?: string;
  readonly pack?: readonly string[];
  readonly lang?: Language;
  readonly format?: 'text' | 'json' | 'yaml';
  readonly rule?: string;
  readonly subject?: string;
  readonly answer?: 'yes' | 'no';
  readonly signedBy?: string;
  readonly expires?: string;
  readonly evidence?: string;
  readonly into?: string;
}

/** The run whose questions are asked: from files, like `check`. */
export function judged(
  paths: readonly string[],
  options: AttestOptions,
  context: CommandContext,
  rules: readonly string[] | undefined,
): Promise<Audit> {
  const { policy, asOf, pack } = options;
  return audit({
    paths,
    network: false,
    language: languageOf(options, context),
    clock: context.clock,
    signal: context.signal,
    all: true,
    ...(policy === undefined ? {} : { policy }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(pack === undefined ? {} : { packs: pack.map((path) => ({ path })) }),
    ...(rules === undefined ? {} : { rules }),
  });
}

export function languageOf({ lang }: AttestOptions, { env }: CommandContext): Language {
  return lang ?? localeLanguage(env);
}
