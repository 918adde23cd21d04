import { isTree, type Json, type Tree } from '../../inventory/fact.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Asset } from '../../inventory/noun.ts';
import type { DeclaredNote } from '../../result/context.ts';
import type { Names } from './name.ts';

/**
 * Fields of the manifests that registers, impact assessments and vocabularies ask for. Others stay out of results:
 * account numbers, tags and names of columns tell more than a reader needs.
 */
const kept: { readonly [type in DeclaredNote['type']]: readonly string[] } = {
  activity: [
    'started',
    'purposes',
    'legal_basis',
    'legal_text',
    'retention',
    'notice',
    'rights',
    'objection_route',
    'dpia',
    'consent',
    'automated_decisions',
    'reversibility',
    'in_register',
  ],
  dataset: ['secrecy', 'identifiability', 'art9_exception', 'nir_text'],
  organisation: ['address', 'dpo', 'authorised', 'contract', 'transfer', 'certifications'],
  asset: ['encryption', 'access_log', 'provider_access', 'public', 'retention', 'homologation'],
};

/** What manifests say, word for word: `unknown`, `false` and what is left out are three things. */
export function declaredNotes(inventory: Inventory, names: Names): readonly DeclaredNote[] {
  const { activities, datasets, organisations } = inventory;
  const joint = (ids: readonly string[]): Tree =>
    ids.length === 0 ? {} : { joint_controllers: ids.map(names.organisation) };
  return [
    ...[...activities.values()].map((one) =>
      noteOf('activity', names.activity(one.id), { ...one.declared, ...joint(one.joint) }, [
        'joint_controllers',
      ]),
    ),
    ...[...datasets.values()]
      .filter(({ manifest, unclassified }) => manifest !== 'policy' && !unclassified)
      .map((one) => noteOf('dataset', names.dataset(one.id), one.declared)),
    ...[...organisations.values()]
      .filter(({ isDeclared }) => isDeclared)
      .map((one) => noteOf('organisation', names.organisation(one.id), one.declared)),
    ...declaredAssets(inventory, names),
  ];
}

function noteOf(
  type: DeclaredNote['type'],
  id: string,
  declared: Tree,
  more: readonly string[] = [],
): DeclaredNote {
  const fields = [...kept[type], ...more].flatMap((field): [string, Json][] => {
    const value = declared[field];
    return value === undefined ? [] : [[field, value]];
  });
  return { type, id, datasets: [], fields: Object.fromEntries(fields) };
}

/** One note for each asset of a manifest, however many observed ones it stands for. */
function declaredAssets({ assets, holdings }: Inventory, names: Names): readonly DeclaredNote[] {
  const held = new Map<string, Set<string>>();
  for (const { asset, dataset, derived } of holdings) {
    if (derived) continue;
    held.set(asset, (held.get(asset) ?? new Set()).add(dataset));
  }
  const groups = new Map<string, Asset[]>();
  for (const asset of assets.values()) {
    if (asset.declared === null || asset.key === null) continue;
    const group = `${asset.manifest ?? ''}/${asset.key}`;
    groups.set(group, [...(groups.get(group) ?? []), asset]);
  }
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (!first?.declared) return [];
    const id = names.asset(first);
    const note = noteOf(
      'asset',
      members.length === 1 ? id : id.slice(0, -first.name.length - 1),
      withoutAccount(first.declared),
    );
    const datasets = new Set(members.flatMap((one) => [...(held.get(one.id) ?? [])]));
    return [{ ...note, datasets: [...datasets].map(names.dataset).sort() }];
  });
}

function withoutAccount(declared: Tree): Tree {
  const { encryption } = declared;
  if (!isTree(encryption)) return declared;
  const { key_account: _account, ...rest } = encryption;
  return { ...declared, encryption: rest };
}
