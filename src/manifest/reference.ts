import { nearest } from '../catalog/nearest.ts';
import type { Problem } from '../error.ts';
import { quote } from '../yaml/quote.ts';
import type { YamlSource } from '../yaml/read.ts';
import { suggest } from '../yaml/validate.ts';
import { type Mention, mentionsOf, nounOf, outside, type Section, sections } from './mention.ts';
import { listOf, nameOf, type Tree, treeOf } from './tree.ts';

/** Names told beyond the first few hundred need no suggestion. */
const maxSuggested = 300;

interface Checked {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

type PositionOf = YamlSource['positionOf'];

/** Whether every name that a manifest mentions is defined in it, and every definition mentioned. */
export function checkReferences(manifest: Tree, positionOf: PositionOf): Checked {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const defined = new Map<Section, readonly string[]>(
    sections.map((section) => [section, Object.keys(treeOf(manifest[section]))]),
  );
  const known = new Map<Section, ReadonlySet<string>>(
    [...defined].map(([section, keys]) => [section, new Set(keys)]),
  );
  const used = new Set<string>();

  function check(mention: Mention): void {
    const { name, path } = mention;
    if (mention.isFlowEnd && outside.has(name)) return;
    const found = mention.sections.filter((section) => known.get(section)?.has(name));
    const [best] = found;
    if (best) {
      used.add(`${best}/${name}`);
      if (found.length > 1) {
        const others = found.map((section) => nounOf[section]).join(' and ');
        warnings.push({
          message: `${quote(name)} is ${others}: read as ${nounOf[best]}`,
          where: positionOf(path, 'value'),
        });
      }
      return;
    }
    problems.push({ ...unresolved(mention), where: positionOf(path, 'value') });
  }

  function unresolved({ name, sections: expected, isFlowEnd }: Mention): Problem {
    const nouns = expected.map((section) => nounOf[section]).join(' or ');
    const other = sections.find((section) => known.get(section)?.has(name));
    if (other) return { message: `${quote(name)} is ${nounOf[other]}`, hint: `expected ${nouns}` };
    const candidates = [
      ...expected.flatMap((section) => defined.get(section) ?? []),
      ...(isFlowEnd ? outside : []),
    ];
    const hint =
      (problems.length < maxSuggested ? suggest(name, candidates, nouns) : undefined) ?? `expected ${nouns}`;
    return { message: `${quote(name)} is not defined in this manifest`, hint };
  }

  mentionsOf(manifest).forEach(check);
  listOf(manifest['attestations']).forEach((attestation, index) => {
    const subject = nameOf(treeOf(attestation)['subject']);
    if (subject === null) return;
    for (const [name, allowed] of subjectNames(subject, nameOf(manifest['id']))) {
      const flows = listOf(manifest['flows']).map((flow) => treeOf(flow)['id']);
      if (allowed.length < sections.length || !flows.includes(name)) {
        check({ name, sections: allowed, path: ['attestations', index, 'subject'] });
      }
    }
  });
  return {
    problems: [...problems, ...repeatedFlows(manifest, positionOf)],
    warnings: [...warnings, ...unused(manifest, used, positionOf)],
  };
}

/**
 * The names inside a subject: a key, `MANIFEST/KEY`, or both ends of `DATASET@ASSET`. None for what only a source
 * can know: an ARN, an address, another manifest's key, one of several matched assets (`KEY/NAME`).
 */
function subjectNames(
  subject: string,
  manifest: string | null,
): readonly (readonly [string, readonly Section[]])[] {
  const local =
    manifest !== null && subject.startsWith(`${manifest}/`) ? subject.slice(manifest.length + 1) : subject;
  const ends = local.split('@');
  if (ends.some((end) => !/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(end)) || ends.length > 2) return [];
  const [first, second] = ends as [string, string | undefined];
  return second === undefined
    ? [[first, sections]]
    : [
        [first, ['datasets']],
        [second, ['assets']],
      ];
}

function repeatedFlows(manifest: Tree, positionOf: PositionOf): Problem[] {
  const first = new Map<string, number>();
  return listOf(manifest['flows']).flatMap((flow, index): Problem[] => {
    const { id } = treeOf(flow);
    if (typeof id !== 'string') return [];
    const earlier = first.get(id);
    if (earlier === undefined) {
      first.set(id, index);
      return [];
    }
    const { line } = positionOf(['flows', earlier, 'id'], 'value');
    return [
      {
        message: `two flows have the id ${quote(id)}`,
        hint: `the other is on line ${line}`,
        where: positionOf(['flows', index, 'id'], 'value'),
      },
    ];
  });
}

const keepsNothing: ReadonlySet<string> = new Set([
  'key',
  'dns',
  'cdn',
  'load_balancer',
  'endpoint',
  'account',
]);

function unused(manifest: Tree, used: ReadonlySet<string>, positionOf: PositionOf): Problem[] {
  return (['organisations', 'datasets', 'assets'] as const).flatMap((section) =>
    Object.entries(treeOf(manifest[section]))
      .filter(([key, value]) => {
        if (used.has(`${section}/${key}`)) return false;
        // An asset that holds something is no idle definition, whether or not a flow names it.
        const { holds, processes, kind } = treeOf(value);
        // A key, an entry point: what is there to guard or to pass on holds nothing.
        if (section === 'assets' && typeof kind === 'string' && keepsNothing.has(kind)) return false;
        return (
          section !== 'assets' ||
          [holds, processes].every(
            (datasets) => datasets === undefined || (Array.isArray(datasets) && datasets.length === 0),
          )
        );
      })
      .map(([key]) => ({
        message: `${quote(key)} is defined and never used`,
        where: positionOf([section, key]),
      })),
  );
}

/** Offers that neither the manifest nor the catalog knows: told, not refused, for the catalog is never complete. */
export function checkOffers(
  manifest: Tree,
  offersOf: (provider: string) => readonly string[] | null,
  positionOf: PositionOf,
): Problem[] {
  const organisations = treeOf(manifest['organisations']);
  return Object.entries(treeOf(manifest['assets'])).flatMap(([key, value]): Problem[] => {
    const offer = nameOf(treeOf(value)['offer']);
    const operator = nameOf(treeOf(value)['operator']);
    if (offer === null || operator === null || !Object.hasOwn(organisations, operator)) return [];
    const organisation = treeOf(organisations[operator]);
    const provider = nameOf(organisation['provider']);
    const listed = provider === null ? null : offersOf(provider);
    if (listed === null && organisation['offers'] === undefined) return [];
    const offers = [...(listed ?? []), ...Object.keys(treeOf(organisation['offers']))];
    if (offers.length === 0 || offers.includes(offer)) return [];
    const near = nearest(offer, offers);
    const hint =
      near.length > 0
        ? `did you mean ${near.map(quote).join(' or ')}?`
        : `known: ${offers.slice(0, 12).join(', ')}`;
    return [
      {
        message: `the offer ${quote(offer)} of ${quote(operator)} is not known`,
        hint,
        where: positionOf(['assets', key, 'offer'], 'value'),
      },
    ];
  });
}
