import { realpath } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { readConfig } from '../../config/read.ts';
import { addWaivers, type NewWaiver } from '../../config/waiver-write.ts';
import { readText, writeText } from '../../io/file.ts';
import { exists } from '../../io/find.ts';
import type { Result } from '../../result/result.ts';

export interface WaiverPlace {
  readonly file: string;
  /** The configuration that does not name the file; null when one does, or there is none. */
  readonly unnamedIn: string | null;
}

/** The file that the option names, else the configuration of what was audited, else `waivers.yaml` beside it. */
export async function waiverPlace(result: Result, option: string | undefined): Promise<WaiverPlace> {
  const config = configOf(result);
  const named = config === null ? undefined : await namedIn(config);
  const beside = join(config === null ? '.' : dirname(config), named ?? 'waivers.yaml');
  const file = option ?? beside;
  const isNamed = named !== undefined && relative(beside, file) === '';
  return { file, unnamedIn: isNamed ? null : config };
}

/** The nearest `bercail.yaml` above what was read, but not above the working folder. */
function configOf({ run }: Result): string | null {
  const manifests = run.sources.filter(({ kind, id }) => kind === 'manifest' && !id.startsWith('..'));
  const folders = manifests.slice(0, 1).flatMap(({ id }) => foldersAbove(dirname(id)));
  return [...folders, '.'].map((folder) => join(folder, 'bercail.yaml')).find(exists) ?? null;
}

function foldersAbove(folder: string): readonly string[] {
  const above = dirname(folder);
  return folder === '.' || folder === above ? [] : [folder, ...foldersAbove(above)];
}

async function namedIn(config: string): Promise<string | undefined> {
  return readConfig((await readText(config)).text, config).content.waivers;
}

/** Adds to the file as it is now: what others wrote meanwhile stays. */
export async function writeWaivers(file: string, entries: readonly NewWaiver[]): Promise<void> {
  // A link stays one: what it leads to is written.
  const path = exists(file) ? await realpath(file) : file;
  const text = exists(path) ? (await readText(path)).text : null;
  await writeText(path, addWaivers(text, file, entries));
}
