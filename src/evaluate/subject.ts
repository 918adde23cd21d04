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
  const keys = new Map<string, number>();
  const count = (type: string, ids: Iterable<string>): void => {
    for (const id of ids) keys.set(`${type}\0${shorten(id)}`, (keys.get(`${type}\0${shorten(id)}`) ?? 0) + 1);
  };
  const { manifests } = inventory;
  const prefixes = new Set([...manifests, 'catalog', 'policy']);
  function shorten(id: string): string {
    const slash = id.indexOf('/');
    return slash > 0 && prefixes.has(id.slice(0, slash)) ? id.slice(slash + 1) : id;
  }
  count('dataset', inventory.datasets.keys());
  count('asset', inventory.assets.keys());
  count('organisation', inventory.organisations.keys());
  count('flow', inventory.flows.keys());
  count('activity', inventory.activities.keys());
  const short = (type: string, id: string): string =>
    (keys.get(`${type}\0${shorten(id)}`) ?? 0) > 1 ? id : shorten(id);
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
    const prefix = id.slice(0, Math.max(0, id.indexOf('/')));
    return manifests.includes(prefix) ? prefix : '';
  }
}
