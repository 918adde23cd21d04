import type { Catalog } from '../../catalog/catalog.ts';
import { BercailError, type Problem } from '../../error.ts';
import type { Json } from '../fact.ts';
import { type Tree } from '../fact.ts';
import type { Organisation } from '../noun.ts';
import { evidenceAt, reference, treeOf } from './declared.ts';
import type { ManifestInput } from './input.ts';

export interface Organisations {
  readonly byId: ReadonlyMap<string, Organisation>;
  /** `MANIFEST/KEY` → id of the organisation that it became after merging. */
  readonly resolve: (id: string) => string;
  /** The organisation of a catalog provider: declared, else supplied by the catalog. Null for an unlisted one. */
  readonly ofProvider: (provider: string) => string | null;
  /** A declared organisation by its key or its name; null where none, or more than one, is called so. */
  readonly named: (name: string) => string | null;
}

/**
 * Organisations of all manifests: those with the same provider, or the same name and seat, are one. Throws when two
 * manifests say different things of one organisation. Providers that only sources name are added undeclared.
 */
export function buildOrganisations(
  manifests: readonly ManifestInput[],
  observedProviders: Iterable<string>,
  catalog: Catalog,
): Organisations {
  const byId = new Map<string, Organisation>();
  const merged = new Map<string, string>();
  const byIdentity = new Map<string, string>();
  const byProvider = new Map<string, string>();
  const problems: Problem[] = [];
  for (const manifest of manifests) {
    for (const [key, value] of Object.entries(treeOf(manifest.value['organisations']))) {
      const organisation = declare(manifest, key, treeOf(value), catalog);
      const identity = identityOf(organisation);
      const twin = byIdentity.get(identity);
      const first = twin === undefined ? undefined : byId.get(twin);
      if (first && first.manifest !== manifest.id) {
        merged.set(organisation.id, first.id);
        byId.set(first.id, merge(first, organisation, manifest, problems));
        continue;
      }
      byIdentity.set(identity, organisation.id);
      byId.set(organisation.id, organisation);
      if (organisation.provider && !byProvider.has(organisation.provider))
        byProvider.set(organisation.provider, organisation.id);
    }
  }
  if (problems.length > 0) throw new BercailError('input', problems);
  for (const provider of [...new Set(observedProviders)].sort()) {
    const entry = byProvider.has(provider) ? null : catalog.provider(provider);
    if (!entry) continue;
    const id = `catalog/${provider}`;
    byProvider.set(provider, id);
    byId.set(id, {
      type: 'organisation',
      key: provider,
      manifest: 'catalog',
      id,
      declared: {},
      evidence: [],
      name: entry.name,
      provider,
      engagedBy: null,
      isDeclared: false,
    });
  }
  const resolve = (id: string): string => merged.get(id) ?? id;
  const linked = [...byId].map(([id, organisation]): [string, Organisation] => [
    id,
    organisation.engagedBy === null
      ? organisation
      : { ...organisation, engagedBy: resolve(organisation.engagedBy) },
  ]);
  return {
    byId: new Map(linked.sort(([a], [b]) => (a < b ? -1 : 1))),
    resolve,
    ofProvider: (provider) => byProvider.get(provider) ?? null,
    named: (name) => {
      const found = [...byId.values()].filter((one) => one.isDeclared && [one.key, one.name].includes(name));
      return found.length === 1 ? (found[0]?.id ?? null) : null;
    },
  };
}

function declare(manifest: ManifestInput, key: string, declared: Tree, catalog: Catalog): Organisation {
  const provider = reference(declared['provider']);
  const engaged = reference(declared['engaged_by']);
  const name = reference(declared['name']) ?? catalog.provider(provider ?? '')?.name ?? key;
  return {
    type: 'organisation',
    key,
    manifest: manifest.id,
    id: `${manifest.id}/${key}`,
    declared,
    name,
    provider,
    engagedBy: engaged === null ? null : `${manifest.id}/${engaged}`,
    isDeclared: true,
    evidence: [evidenceAt(manifest, ['organisations', key])],
  };
}

function identityOf({ id, provider, name, declared }: Organisation): string {
  if (provider !== null) return `provider:${provider}`;
  const seat = reference(declared['seat']);
  return seat === null ? id : `name:${name.normalize('NFC').toLowerCase()}\0${seat}`;
}

/** Roles belong to a manifest, so they may differ; anything else that both state must agree. */
function merge(
  first: Organisation,
  second: Organisation,
  manifest: ManifestInput,
  problems: Problem[],
): Organisation {
  const declared: { [field: string]: Json } = { ...first.declared };
  for (const [field, value] of Object.entries(second.declared)) {
    const before = declared[field];
    if (before === undefined || before === 'unknown') declared[field] = value;
    else if (
      field !== 'role' &&
      field !== 'engaged_by' &&
      value !== 'unknown' &&
      canonical(before) !== canonical(value)
    ) {
      problems.push({
        message: `organisation ${second.key}: ${field} conflicts with ${first.evidence[0]?.ref ?? first.id}`,
        hint: 'the same provider, or the same name and seat, is one organisation; say the same thing in both',
        where: manifest.positionOf(['organisations', second.key, field]),
      });
    }
  }
  const engagedBy = first.engagedBy ?? second.engagedBy;
  return { ...first, declared, engagedBy, evidence: [...first.evidence, ...second.evidence] };
}

/** JSON with sorted keys, to compare trees. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonical(item)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const tree = value as Tree;
  return `{${Object.keys(tree)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(tree[key] ?? null)}`)
    .join(',')}}`;
}
