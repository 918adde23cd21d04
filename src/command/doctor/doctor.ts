import { version } from '../../io/root.ts';
import type { Messages } from '../../report/message.ts';
import { writeJson } from '../../report/visible.ts';
import type { Language } from '../../result/result.ts';
import { type CommandContext, localeLanguage } from '../context.ts';
import { sayIn } from '../say.ts';
import { type Check, checks } from './check.ts';

export interface DoctorOptions {
  readonly format?: 'text' | 'json';
  readonly lang?: Language;
}

const marks = { ok: '✓', note: '–', problem: '✗' } as const;

/** Whether Bercail can work here, and with what. Returns 2 when a part that it needs is missing. */
export async function runDoctor(
  { format = 'text', lang }: DoctorOptions,
  context: CommandContext,
): Promise<number> {
  const language = lang ?? localeLanguage(context.env);
  const say = sayIn(language, context);
  const done: Check[] = [];
  for (const check of checks) done.push(await check(context, say));
  const isWell = done.every(({ state }) => state !== 'problem');
  await context.out(
    format === 'json'
      ? writeJson({ bercail: version(), node: process.versions.node, ok: isWell, checks: done })
      : textOf(done, say),
  );
  context.err(`bercail: ${say(isWell ? 'doctor.well' : 'doctor.ill')}\n`);
  return isWell ? 0 : 2;
}

function textOf(done: readonly Check[], say: Messages): string {
  const names = done.map(({ id }) => say(`doctor.${id}`));
  const width = Math.max(...names.map((name) => name.length));
  return done
    .map(({ state, detail, hint }, index) => {
      const line = `${marks[state]} ${(names[index] ?? '').padEnd(width)}  ${detail}`;
      return `${line}\n${hint === undefined ? '' : `  → ${hint}\n`}`;
    })
    .join('');
}
