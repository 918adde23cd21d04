import { reportJson } from '../../anonymity/report.ts';
import { columnsWith, type Roles, rolesOf } from '../../anonymity/role.ts';
import { type Screening, screen } from '../../anonymity/screen.ts';
import { sentenceOf } from '../../anonymity/sentence.ts';
import type { ClaimWord, EmptyMode } from '../../anonymity/types.ts';
import { type ClaimResult, type Evidence, type Judgement, testClaim } from '../../anonymity/verdict.ts';
import { nearest } from '../../catalog/nearest.ts';
import { isRemote } from '../../collect/sample/address.ts';
import { BercailError } from '../../error.ts';
import { loadCatalog } from '../../io/content.ts';
import { readText } from '../../io/file.ts';
import { exists, expandPattern } from '../../io/find.ts';
import type { Language } from '../../result/result.ts';
import { type CommandContext, localeLanguage } from '../context.ts';
import { screeningText, tableText } from './table-text.ts';
import { measurementText } from './text.ts';

export interface AnonymityOptions {
  readonly quasi?: readonly string[];
  readonly sensitive?: readonly string[];
  readonly pseudonym?: readonly string[];
  readonly ignore?: readonly string[];
  readonly empty?: EmptyMode;
  readonly claim?: ClaimWord;
  readonly sample?: number;
  readonly against?: string;
  readonly table?: string;
  readonly k?: number;
  readonly l?: number;
  readonly smallestCell?: number;
  readonly manifest?: string;
  readonly dataset?: string;
  readonly allValues?: boolean;
  readonly s3Endpoint?: string;
  readonly s3Region?: string;
  readonly awsProfile?: string;
  readonly format?: string;
  readonly lang?: Language;
}

/** Distinct values of a column looked at for identifiers, unless all are asked for. */
const EXAMINED = 200_000;

/**
 * Measures a claim of anonymity on files, or screens a manifest without any.
 * Exit codes: 0 no claim, or it holds; 1 it is contradicted; 3 it cannot be decided.
 */
export async function runAnonymity(
  given: readonly string[],
  options: AnonymityOptions,
  context: CommandContext,
): Promise<number> {
  const paths = given.flatMap(filesOf);
  const language = options.lang ?? localeLanguage(context.env);
  const roles = options.manifest === undefined ? null : await readRoles(options.manifest, options.dataset);
  if (options.dataset !== undefined && roles === null)
    throw new BercailError('usage', {
      message: '--dataset names a dataset of a manifest',
      hint: 'give --manifest FILE too',
    });
  const screening = roles && screen(roles);
  if (paths.length === 0) return runScreening(roles, screening, options, context, language);
  return options.table === undefined
    ? runMeasure(paths, options, roles, screening, context, language)
    : runTable(paths, options, options.table, context, language);
}

/** Files that a path names: itself, or those that a pattern matches where no shell did that. */
function filesOf(path: string): readonly string[] {
  if (isRemote(path) || exists(path) || !/[*?[{]/.test(path)) return [path];
  const found = expandPattern(path);
  if (found.length === 0) throw new BercailError('not_found', { message: `${path} matches no file` });
  return found;
}

async function runMeasure(
  paths: readonly string[],
  options: AnonymityOptions,
  roles: Roles | null,
  screening: Screening | null,
  context: CommandContext,
  language: Language,
): Promise<number> {
  const declared = (role: string): readonly string[] => (roles === null ? [] : columnsWith(roles, role));
  const { measureFiles } = await import('../../collect/sample/measure.ts');
  const measurement = await measureFiles({
    paths,
    quasi: options.quasi ?? declared('quasi_identifier'),
    sensitive: options.sensitive ?? declared('sensitive'),
    pseudonyms: options.pseudonym ?? declared('pseudonym'),
    ignored: [...(options.ignore ?? []), ...declared('other')],
    keyHeldBy: roles?.fields.flatMap(({ keyHeldBy }) => keyHeldBy ?? []) ?? [],
    mode: options.empty ?? 'own_class',
    thresholds: { k: options.k ?? 5, l: options.l ?? 2 },
    remote: {
      ...(options.s3Endpoint === undefined ? {} : { endpoint: options.s3Endpoint }),
      ...(options.s3Region === undefined ? {} : { region: options.s3Region }),
      ...(options.awsProfile === undefined ? {} : { profile: options.awsProfile }),
    },
    signal: context.signal,
    ...(options.allValues ? {} : { examine: EXAMINED }),
    ...(options.sample === undefined ? {} : { sample: options.sample }),
    ...(options.against === undefined ? {} : { against: [options.against] }),
  });
  const { judgement, evidence } = measurement;
  const claim = claimOf(options.claim, judgement, evidence);
  const explanation = explain(judgement, language);
  if (options.format === 'json')
    await print(
      { ...reportJson(measurement, claim, explanation), ...(screening ? { screening } : {}) },
      context,
    );
  else
    await context.out(
      `${measurementText(measurement, { claim, explanation, language, width: context.terminal.width })}${screening ? screeningText(screening, language) : ''}`,
    );
  return exitCode(claim);
}

async function runTable(
  paths: readonly string[],
  options: AnonymityOptions,
  count: string,
  context: CommandContext,
  language: Language,
): Promise<number> {
  const [path] = paths;
  if (path === undefined || paths.length > 1)
    throw new BercailError('usage', {
      message: '--table measures one file',
      hint: 'give the second table with --against',
    });
  const { measureTable } = await import('../../collect/sample/table.ts');
  const table = await measureTable({
    path,
    count,
    threshold: options.smallestCell ?? 11,
    signal: context.signal,
    ...(options.quasi ? { dimensions: options.quasi } : {}),
    ...(options.against === undefined ? {} : { against: options.against }),
  });
  const { judgement, ...measured } = table;
  const claim = claimOf(options.claim, judgement, null);
  const explanation = explain(judgement, language);
  if (options.format === 'json')
    await print({ ...measured, verdict: judgement.verdict, explanation, claim }, context);
  else await context.out(tableText(table, claim, explanation, language));
  return exitCode(claim);
}

async function runScreening(
  roles: Roles | null,
  screening: Screening | null,
  options: AnonymityOptions,
  context: CommandContext,
  language: Language,
): Promise<number> {
  if (roles === null)
    throw new BercailError('usage', {
      message: 'no file to measure',
      hint: 'give a CSV, JSON lines or Parquet file, or --manifest FILE --dataset KEY to screen without data',
    });
  if (screening === null)
    throw new BercailError('usage', {
      message: 'the manifest does not say enough to screen',
      hint: 'it takes the `population` of the dataset and `distinct` of its quasi-identifiers',
    });
  if (options.format === 'json') await print({ screening }, context);
  else await context.out(screeningText(screening, language));
  // A figure from a manifest proves no claim.
  return options.claim === undefined ? 0 : 3;
}

async function readRoles(path: string, dataset: string | undefined): Promise<Roles> {
  const [{ readManifest }, { catalog }, { text }] = await Promise.all([
    import('../../manifest/read.ts'),
    loadCatalog(),
    readText(path),
  ]);
  const { value } = readManifest(text, path, catalog);
  const datasets = (value['datasets'] ?? {}) as {
    readonly [key: string]: { readonly [field: string]: unknown };
  };
  const keys = Object.keys(datasets);
  const key = dataset ?? (keys.length === 1 ? keys[0] : undefined);
  const found = key === undefined || !Object.hasOwn(datasets, key) ? undefined : datasets[key];
  if (found) return rolesOf(found);
  const near = dataset === undefined ? keys : nearest(dataset, keys);
  throw new BercailError('usage', {
    message:
      dataset === undefined
        ? `${path} declares ${keys.length} datasets: which one?`
        : `${path} declares no dataset ${dataset}`,
    ...(near.length > 0 ? { hint: `--dataset ${near.join(' or ')}` } : {}),
  });
}

function claimOf(
  claim: ClaimWord | undefined,
  judgement: Judgement,
  evidence: Evidence | null,
): ClaimResult | null {
  return claim === undefined ? null : { claim, holds: testClaim(claim, judgement, evidence) };
}

function exitCode(claim: ClaimResult | null): number {
  if (claim === null || claim.holds === true) return 0;
  return claim.holds === false ? 1 : 3;
}

function explain({ reasons }: Judgement, language: Language): { readonly [question: string]: string } {
  return Object.fromEntries(reasons.map((reason) => [reason.question, sentenceOf(reason, language)]));
}

function print(value: object, context: CommandContext): Promise<void> {
  return context.out(`${JSON.stringify(value, null, 2)}\n`);
}
