import { join, relative, sep } from 'node:path';
import { stringify } from 'yaml';
import type { DraftAsset } from '../../inventory/draft.ts';
import type { Tree } from '../../inventory/fact.ts';
import { root } from '../../io/root.ts';
import { addToManifest, entryText } from '../../manifest/insert.ts';
import type { Messages } from '../../report/message.ts';
import { sectionExamples } from './example.ts';

/** The line that tells editors where the schema of a file is, from the folder that the file is in. */
export function schemaComment(name: string, folder: string): string {
  const installed = join(root, 'reports', 'schema', `${name}-v1.schema.json`);
  const path = relative(folder, installed);
  // Where Bercail is installed elsewhere on this machine, the path of a project that depends on it is of more use.
  const isNear = path.split(sep).includes('node_modules') || !path.startsWith('..');
  const shown = isNear
    ? path.replaceAll(sep, '/')
    : `node_modules/bercail/reports/schema/${name}-v1.schema.json`;
  return `# yaml-language-server: $schema=${shown}`;
}

export interface NewManifest {
  readonly id: string;
  readonly folder: string;
  readonly title?: Tree;
  readonly organisations: ReadonlyMap<string, Tree>;
  readonly assets: ReadonlyMap<string, DraftAsset>;
  /** Providers that were seen: shown in a comment, as they would be declared. An entry would declare them. */
  readonly suggested?: readonly string[];
  /** Says what the sections without entries are for, with an example each. */
  readonly isGuide: boolean;
}

/** A manifest to start from: what is known is written, what only a person can say is `unknown` or shown in a comment. */
export function manifestText(
  { id, folder, title, organisations, assets, suggested = [], isGuide }: NewManifest,
  say: Messages,
): string {
  const head = [
    schemaComment('manifest', folder),
    comment(say('manifest.head')),
    stringify({ bercail: 'manifest/v1', id, ...(title === undefined ? {} : { title }) }, { lineWidth: 0 }),
  ].join('\n');
  const shown = (name: 'datasets' | 'flows' | 'activities'): string =>
    comment(`${say(`manifest.${name}`)}\n${sectionExamples[name]}`);
  let text = head;
  const section = (name: 'organisations' | 'assets', entries: ReadonlyMap<string, Tree>): void => {
    text += isGuide ? `\n${comment(say(`manifest.${name}`))}\n` : '\n';
    text += `${name}: {}\n`;
    text = addToManifest(
      text,
      'manifest',
      [...entries].map(([key, value]) => ({ section: name, key, value })),
    );
  };
  if (isGuide || organisations.size > 0) section('organisations', organisations);
  if (suggested.length > 0) text += `${comment(`${say('manifest.suggested')}\n${suggestion(suggested)}`)}\n`;
  if (isGuide) text += `\n${shown('datasets')}\ndatasets: {}\n`;
  section('assets', new Map([...assets].map(([key, { tree }]) => [key, tree])));
  if (isGuide)
    for (const name of ['flows', 'activities'] as const)
      text += `
${shown(name)}
`;
  return text;
}

function suggestion(providers: readonly string[]): string {
  return providers
    .map((provider) => {
      const entry = { provider, role: 'unknown', engaged_by: 'unknown', authorised: 'unknown' };
      return entryText(provider === 'controller' ? 'host' : provider, entry).replace(/^/gm, '  ');
    })
    .join('\n');
}

export function comment(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `# ${line}`.trimEnd())
    .join('\n');
}
