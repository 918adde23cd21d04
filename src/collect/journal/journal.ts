import { existsSync, readdirSync, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BercailError } from '../../error.ts';
import { explain } from '../../io/file.ts';
import { makeFolder } from '../../io/folder.ts';
import { newRunId } from '../../io/id.ts';
import { canonicalJson } from '../canonical.ts';
import type { CollectContext, Job, Plan, SourceConfig } from '../collector.ts';
import { withoutSecrets } from '../secret.ts';
import type { Calls, JournalHeader, JournalLine } from './format.ts';
import { FORMAT, inputsOf, keyOf } from './format.ts';
import type { JobResult, Progress } from './read.ts';
import { readJournal } from './read.ts';

/** Where the journals of runs lie, and which run to take up again. */
export interface JournalPlace {
  readonly folder: string;
  /** Id of a run in that folder, `last`, or the path of its own folder; null begins one. */
  readonly resume: string | null;
  /** True where the folder is a convenience: a run goes on without a journal where it cannot be written. */
  readonly isOptional?: boolean;
  /** Told once the run has a journal: its id is what `--resume` takes. */
  readonly onStart?: (run: string) => void;
}

export interface Journal {
  readonly run: string;
  readonly created: string;
  readonly planOf: (source: number) => (Plan & { readonly calls: Calls }) | null;
  readonly resultOf: (source: number, job: Job) => JobResult | null;
  readonly addPlan: (source: number, plan: Plan, calls: Calls) => Promise<void>;
  readonly addResult: (source: number, job: Job, result: JobResult) => Promise<void>;
  readonly close: () => Promise<void>;
  /** Once what the run was for is safely written. */
  readonly remove: () => Promise<void>;
}

const PREFIX = '.bercail-run-';
const NAME = 'journal.ndjson';
/** Observations a line: bounds how long one gets. */
const PART = 500;

/** Opens the journal of a new run, or of one to take up again, which must be of the same sources and facts. */
export async function openJournal(
  place: JournalPlace,
  sources: readonly SourceConfig[],
  { wanted, clock }: Pick<CollectContext, 'wanted' | 'clock'>,
): Promise<Journal> {
  const inputs = inputsOf(sources, wanted);
  if (place.resume === null) {
    const run = newRunId();
    const folder = join(place.folder, `${PREFIX}${run}`);
    try {
      makeFolder(folder, 0o700);
      const file = await open(join(folder, NAME), 'ax', 0o600);
      const header: JournalHeader = { bercail: FORMAT, run, created: clock(), inputs };
      const journal = createJournal(
        folder,
        file,
        { header, plans: new Map(), done: new Map(), length: 0 },
        sources,
      );
      await journal.write([header]);
      place.onStart?.(run);
      return journal;
    } catch (error) {
      throw explain(folder, error);
    }
  }
  const folder = findRun(place.folder, place.resume);
  const path = join(folder, NAME);
  const progress = await readJournal(path);
  if (progress.header.inputs !== inputs) {
    throw new BercailError('usage', {
      message: `run ${progress.header.run} was for other sources, or for rules that need other facts`,
      hint: 'give the sources and the policy that it was started with',
    });
  }
  const file = await open(path, 'r+');
  await file.truncate(progress.length);
  await file.close();
  place.onStart?.(progress.header.run);
  return createJournal(folder, await open(path, 'a'), progress, sources);
}

function createJournal(
  folder: string,
  file: FileHandle,
  { header, plans, done }: Progress,
  sources: readonly SourceConfig[],
): Journal & { readonly write: (lines: readonly JournalLine[]) => Promise<void> } {
  let last: Promise<unknown> = Promise.resolve();
  // One after the other, and on the disk before a job counts as done.
  const write = (lines: readonly JournalLine[]): Promise<void> => {
    const next = append(last, file, lines);
    last = next.catch(() => undefined);
    return next;
  };
  const close = async (): Promise<void> => {
    await last;
    await file.close();
  };
  return {
    run: header.run,
    created: header.created,
    planOf: (source) => {
      const plan = plans.get(source);
      return plan === undefined
        ? null
        : { ...plan, jobs: plan.jobs.map((job) => withSecrets(job, sources[source])) };
    },
    resultOf: (source, job) => done.get(keyOf(source, job)) ?? null,
    addPlan: (plan, { jobs, observations }, calls) =>
      write([
        {
          plan,
          jobs: jobs.map((job) => ({ ...job, options: withoutSecrets(job.options) })),
          observations,
          calls,
        },
      ]),
    addResult: (source, job, { observations, calls }) => {
      const key = keyOf(source, job);
      const parts = Array.from({ length: Math.ceil(observations.length / PART) }, (_, part) => ({
        job: key,
        part,
        observations: observations.slice(part * PART, (part + 1) * PART),
      }));
      return write([...parts, { done: key, parts: parts.length, calls }]);
    },
    close,
    remove: async () => {
      await rm(folder, { recursive: true, force: true });
    },
    write,
  };
}

/** The secrets of a configuration are not in the journal: they are taken from the configuration again. */
function withSecrets(job: Job, source: SourceConfig | undefined): Job {
  const bare = withoutSecrets(source?.options ?? {});
  const own = Object.entries(job.options).filter(
    ([name, value]) => canonicalJson(value) !== canonicalJson(bare[name]),
  );
  return { ...job, options: { ...source?.options, ...Object.fromEntries(own) } };
}

async function append(
  before: Promise<unknown>,
  file: FileHandle,
  lines: readonly JournalLine[],
): Promise<void> {
  await before;
  try {
    for (const line of lines) await file.appendFile(`${JSON.stringify(line)}\n`);
    await file.datasync();
  } catch (error) {
    throw explain('the journal of the run', error);
  }
}

function findRun(folder: string, wanted: string): string {
  const isRun = (path: string): boolean => existsSync(join(path, NAME));
  const named = join(folder, `${PREFIX}${wanted}`);
  if (isRun(named)) return named;
  if (isRun(wanted)) return wanted;
  if (basename(wanted) === NAME && existsSync(wanted)) return dirname(wanted);
  const known = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.startsWith(PREFIX) && isRun(join(folder, name)))
    : [];
  const byAge = known.toSorted(
    (a, b) => statSync(join(folder, b, NAME)).mtimeMs - statSync(join(folder, a, NAME)).mtimeMs,
  );
  const [newest] = byAge;
  if (wanted === 'last' && newest !== undefined) return join(folder, newest);
  throw new BercailError('not_found', {
    message: `no run ${wanted} to take up again in ${folder}`,
    hint:
      byAge.length === 0
        ? 'a run that ended leaves none'
        : `there are: ${byAge.map((name) => name.slice(PREFIX.length)).join(', ')}`,
  });
}
