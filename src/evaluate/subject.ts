import type { Inventory } from '../inventory/inventory.ts';
import type { Subject } from '../result/result.ts';
import type { Judged } from './view/scope.ts';

interface Named {
  readonly subject: Subject;
  /** Canonical, for fingerprints: never shortened. */
  readonly canonical: string;
  readonly manifest: string;
}

/** Names subjects as people know them: the manifest's key while it is unambiguous in the run, else with the manifest. */
export function subjectNamer(inventory: Inventory): (judged: Judged) => Named {
  const manifests = new Set(inventory.manifests);
  const prefixes = new Set([...manifests, 'catalog', 'policy']);
  const longest = Math.max(...[...prefixes].map(({ length }) => length));
  /** What stands before the first slash, where it may be the name of a manifest. */
  function prefixOf(id: string): string {
    const slash = id.indexOf('/');
    return slash > 0 && slash <= longest ? id.slice(0, slash) : '';
  }
  function shorten(id: string): string {
    const prefix = prefixOf(id);
    return prefixes.has(prefix) ? id.slice(prefix.length + 1) : id;
  }
  const { datasets, assets, organisations, flows, activities } = inventory;
  const things = {
    dataset: datasets,
    asset: assets,
    organisation: organisations,
    flow: flows,
    activity: activities,
  };
  /** Short names that several things of a type would have. */
  const shared = new Set<string>();
  for (const [type, all] of Object.entries(things)) {
    const names = new Set<string>();
    for (const id of all.keys()) {
      const name = shorten(id);
      if (name === id) continue;
      if (names.has(name) || all.has(name)) shared.add(`${type}\0${name}`);
      names.add(name);
    }
  }
  const short = (type: string, id: string): string => {
    const name = shorten(id);
    return name !== id && shared.has(`${type}\0${name}`) ? id : name;
  };
  return (judged) => {
    const { target, thing } = judged;
    if (thing === null)
      return { subject: { type: target, id: 'audit', label: 'audit' }, canonical: 'audit', manifest: '' };
    if (judged.target === 'holding') {
      const { dataset, asset, id } = judged.thing;
      const name = `${short('dataset', dataset)}@${short('asset', asset)}`;
      return {
        subject: { type: target, id: name, label: name },
        canonical: id,
        manifest: manifestOf(dataset),
      };
    }
    const name = short(target, thing.id);
    const title = 'name' in thing ? thing.name : name;
    return {
      subject: { type: target, id: name, label: title === name ? name : `${title} (${name})` },
      canonical: thing.id,
      manifest: manifestOf(thing.id),
    };
  };

  function manifestOf(id: string): string {
    const prefix = prefixOf(id);
    return manifests.has(prefix) ? prefix : '';
  }
}
