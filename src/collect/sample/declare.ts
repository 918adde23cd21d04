import { BercailError } from '../../error.ts';
import type { Json } from '../../inventory/fact.ts';
import type { SourceConfig } from '../collector.ts';
import { textOption } from '../option.ts';
import { isRemote } from './address.ts';

interface DeclaredManifest {
  readonly id: string;
  readonly value: { readonly [key: string]: Json };
}

/**
 * Sample sources with what the manifests say of their dataset: its id, the roles of its columns, and the other samples
 * of it, in which pseudonyms are looked for. Other sources are handed on as they are.
 * @throws BercailError `config` for a dataset that no manifest declares
 */
export function declareSamples(
  sources: readonly SourceConfig[],
  manifests: readonly DeclaredManifest[],
): readonly SourceConfig[] {
  if (!sources.some(({ kind }) => kind === 'sample')) return sources;
  const declared = new Map<string, Json>();
  for (const { id, value } of manifests) {
    for (const [key, dataset] of Object.entries(treeOf(value['datasets'])))
      declared.set(`${id}/${key}`, dataset);
  }
  const problems: string[] = [];
  const resolved = sources.map((source): SourceConfig => {
    if (source.kind !== 'sample' || source.options['declared'] !== undefined) return source;
    const name = textOption(source.options, 'dataset') ?? '';
    const ids = [...declared.keys()].filter((id) => id === name || id.endsWith(`/${name}`));
    const [id] = ids;
    if (id === undefined || ids.length > 1) {
      problems.push(
        ids.length > 1
          ? `a sample names the dataset ${name}, which ${ids.length} manifests declare`
          : `a sample names the dataset ${name}, which no manifest declares`,
      );
      return source;
    }
    const { fields = [], identifiability = null } = treeOf(declared.get(id));
    return {
      kind: source.kind,
      options: { ...source.options, dataset: id, declared: { fields, identifiability } },
    };
  });
  if (problems.length > 0)
    throw new BercailError(
      'config',
      problems.map((message) => ({ message, hint: [...declared.keys()].join(', ') })),
    );
  return resolved.map((source) => {
    if (source.kind !== 'sample') return source;
    // What lies in the cloud is left out where the network is.
    const kind = isRemote(textOption(source.options, 'path') ?? '') ? 's3_sample' : 'sample';
    return { kind, options: { ...source.options, others: othersOf(source, resolved) } };
  });
}

/** Files of the same dataset that come later: each pair of samples is compared once. */
function othersOf(source: SourceConfig, all: readonly SourceConfig[]): readonly string[] {
  const later = all.slice(all.indexOf(source) + 1);
  return later
    .filter(({ kind, options }) => kind === 'sample' && options['dataset'] === source.options['dataset'])
    .flatMap(({ options }) => textOption(options, 'path') ?? []);
}

function treeOf(value: Json | undefined): { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })
    : {};
}
