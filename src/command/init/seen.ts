import { join } from 'node:path';
import { networked } from '../../collect/collect.ts';
import type { SourceConfig } from '../../collect/collector.ts';
import { BercailError } from '../../error.ts';
import { type DraftAsset, draftOf } from '../../inventory/draft.ts';
import type { LoadedCatalog } from '../../io/content.ts';
import type { Messages } from '../../report/message.ts';
import type { CommandContext } from '../context.ts';
import { observe } from '../manifest/observe.ts';
import type { Answers } from './answer.ts';

interface Seen {
  /** Those that can be read, or are to be read later. */
  readonly sources: readonly SourceConfig[];
  readonly assets: ReadonlyMap<string, DraftAsset>;
  /** Providers of the catalog that were seen. Seen is not declared: who engaged them, only a person can say. */
  readonly providers: readonly string[];
}

const nothing = {
  manifests: [],
  sources: [],
  attestations: [],
  config: null,
  base: '.',
  warnings: [],
  files: [],
} as const;

/** What the sources show, without a verdict. One that cannot be read is told, and left out where it is a file. */
export async function seenIn(
  folder: string,
  { sources, isCollecting }: Answers,
  loaded: LoadedCatalog,
  context: CommandContext,
  say: Messages,
): Promise<Seen> {
  const good: SourceConfig[] = [];
  const assets = new Map<string, DraftAsset>();
  const providers = new Set<string>();
  for (const source of sources) {
    const isFar = networked.has(source.kind);
    if (isFar && !isCollecting) {
      good.push(source);
      if (source.kind === 'aws' || source.kind === 'azure') providers.add(source.kind);
      continue;
    }
    if (isFar) context.err(`bercail: ${say('init.reading', { source: nameOf(source) })}\n`);
    try {
      const inventory = await observe(nothing, [at(folder, source)], loaded, context, {
        isQuick: true,
        network: isFar,
      });
      for (const { provider } of inventory.assets.values())
        if (provider !== null && loaded.catalog.provider(provider)) providers.add(provider);
      const draft = draftOf(inventory, { taken: [...assets.keys()] });
      for (const [key, asset] of draft.assets) assets.set(key, asset);
      good.push(source);
    } catch (error) {
      const why =
        error instanceof BercailError ? (error.problems[0]?.message ?? error.message) : (error as Error).name;
      context.err(`bercail: ${say(isFar ? 'init.unread' : 'init.broken', { path: nameOf(source), why })}\n`);
      if (isFar) good.push(source);
    }
  }
  return { sources: good, assets, providers: [...providers].sort() };
}

const paths = new Set(['plan', 'state', 'root', 'template', 'parameters', 'path']);

function at(folder: string, { kind, options }: SourceConfig): SourceConfig {
  return {
    kind,
    options: Object.fromEntries(
      Object.entries(options).map(([name, value]) => [
        name,
        paths.has(name) && typeof value === 'string' ? join(folder, value) : value,
      ]),
    ),
  };
}

function nameOf({ kind, options }: SourceConfig): string {
  return [kind, ...Object.values(options)].map(String).join(' ');
}
