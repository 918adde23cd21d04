import type { Subject } from '../result/result.ts';

/** A step of a fact: `chain[contractor]` has a name and a key, `owner` a name only. */
interface Step {
  readonly name: string;
  readonly key: string | null;
}

/** What the steps read so far have led to: a definition of the manifest, or a dataset at an asset. */
type Here =
  | {
      readonly section: 'organisations' | 'datasets' | 'assets' | 'activities' | 'flows';
      readonly key: string;
    }
  | { readonly section: 'holdings'; readonly dataset: string; readonly asset: string };

/** A key that the fact does not name. */
const elsewhere = '…';

/** Fields that refer to other definitions, and variables that every rule sees. */
const references: { readonly [name: string]: Here['section'] } = {
  chain: 'organisations',
  recipients: 'organisations',
  organisations: 'organisations',
  controller: 'organisations',
  joint_controllers: 'organisations',
  operator: 'organisations',
  run_by: 'organisations',
  recipient: 'organisations',
  activities: 'activities',
  datasets: 'datasets',
  identifies: 'datasets',
  dataset: 'datasets',
  asset: 'assets',
  from: 'assets',
  to: 'assets',
  holdings: 'holdings',
  table_holdings: 'holdings',
  identified: 'holdings',
};

/** Lists that are put together from many definitions. */
const wholes: ReadonlySet<string> = new Set([
  'chain',
  'recipients',
  'holdings',
  'table_holdings',
  'identified',
  'identifies',
]);
const sections: ReadonlySet<string> = new Set(['organisations', 'activities']);

/** What a manifest writes in another way than rules read it; null for what it cannot say. */
const written: { readonly [section: string]: { readonly [field: string]: string | null } } = {
  organisations: {
    exposures: 'owner',
    owners: 'owner',
    reaches_controller: 'engaged_by',
    declared: null,
    id: null,
    key: null,
  },
  datasets: { claimed: null, unclassified: null, id: null, key: null },
  activities: { id: null, key: null },
  flows: { id: null, key: null, label: null },
  assets: {
    place: 'place',
    offer: 'offer',
    tags: null,
    guard_rail: null,
    access_log_places: 'access_log_places',
    key_facts: 'key_facts',
    collected: null,
    external: null,
    id: null,
    key: null,
    label: null,
    name: null,
    provider: null,
    store: null,
    matched: null,
    observed: null,
    source: null,
    personal_data: null,
    other_owner: null,
    declared: 'match',
    classified: 'match',
  },
};

/**
 * The manifest field that would supply a fact, as its path from the top: `organisations.contractor.contract.clauses.audit`.
 * Null when a manifest cannot say it (a measure, what only an account shows). `…` stands for a key that the fact does
 * not name.
 */
export function manifestField(fact: string, { type, id }: Pick<Subject, 'type' | 'id'>): string | null {
  const steps = readSteps(fact);
  const [first, ...rest] = steps;
  if (!first || type === 'audit' || unwritten.has(first.name)) return null;
  const own = hereOf(type, id);
  if (first.name === type) return follow(own, rest);
  if (first.name === 'declared' && type === 'asset') return follow(own, rest);
  if (type === 'holding' && first.name === 'transfer') return `organisations.${elsewhere}${write(steps)}`;
  if (type === 'flow' && first.name === 'place') return `assets.${elsewhere}.place`;
  return follow(own, steps);
}

/** Variables that no manifest fills. */
const unwritten: ReadonlySet<string> = new Set([
  'measured',
  'claims',
  'policy',
  'waivers',
  'inventory',
  'path',
  'as_of',
  'attestation',
]);

function hereOf(type: Exclude<Subject['type'], 'audit'>, id: string): Here {
  switch (type) {
    case 'holding':
      return holding(id);
    case 'asset':
      return { section: 'assets', key: keyOfAsset(id) };
    case 'dataset':
      return { section: 'datasets', key: keyOfDataset(id) };
    case 'organisation':
      return { section: 'organisations', key: lastKey(id) };
    case 'flow':
      return { section: 'flows', key: lastKey(id) };
    case 'activity':
      return { section: 'activities', key: lastKey(id) };
  }
}

/** What `manifestField` reads of a subject's id: for all subjects that share it, the same fact has the same field. */
export function keysOf(type: Subject['type'], id: string): string {
  if (type === 'audit') return type;
  const here = hereOf(type, id);
  if (here.section !== 'holdings') return `${type} ${here.key}`;
  const dataset = lastKey(here.dataset) === 'unclassified' ? '' : keyOfDataset(here.dataset);
  return `${type} ${dataset}@${keyOfAsset(here.asset)}`;
}

function holding(id: string): Here {
  const at = id.indexOf('@');
  return { section: 'holdings', dataset: id.slice(0, Math.max(0, at)), asset: id.slice(at + 1) };
}

/** Goes from definition to definition as the steps say; what is left is a path inside the last one. */
function follow(here: Here, steps: readonly Step[]): string | null {
  const [first, ...rest] = steps;
  if (here.section === 'holdings') return followHolding(here, first, rest);
  if (!first) return `${here.section}.${here.key}`;
  const section = references[first.name];
  if (section !== undefined && (rest.length > 0 || first.key !== null))
    return follow(referred(section, first.key), rest);
  if (wholes.has(first.name)) return null;
  if (sections.has(first.name)) return first.name;
  const field = written[here.section]?.[first.name];
  if (field === null || unwritten.has(first.name) || rest[0]?.name === 'key_place') return null;
  return `${here.section}.${here.key}${field === undefined ? write(steps) : `.${field}`}`;
}

function followHolding(
  { dataset, asset }: Here & { section: 'holdings' },
  first: Step | undefined,
  rest: readonly Step[],
): string | null {
  const at: Here = { section: 'assets', key: keyOfAsset(asset) };
  if (!first) return null;
  if (first.name === 'dataset')
    return lastKey(dataset) === 'unclassified'
      ? `${follow(at, []) ?? ''}.holds`
      : follow({ section: 'datasets', key: keyOfDataset(dataset) }, rest);
  if (first.name === 'asset') return follow(at, rest);
  return derivedOfHolding.has(first.name) ? null : follow(at, [first, ...rest]);
}

const derivedOfHolding: ReadonlySet<string> = new Set(['id', 'derived', 'declared', 'observed', 'processed']);

function referred(section: Here['section'], key: string | null): Here {
  if (section === 'holdings') return holding(key ?? elsewhere);
  if (key === null) return { section, key: elsewhere };
  return {
    section,
    key: section === 'assets' ? keyOfAsset(key) : section === 'datasets' ? keyOfDataset(key) : lastKey(key),
  };
}

function write(steps: readonly Step[]): string {
  return steps.map(({ name, key }) => `.${name}${key === null ? '' : `[${key}]`}`).join('');
}

/** `MANIFEST/KEY` and `KEY` are both written under KEY. */
function lastKey(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1) || elsewhere;
}

/** What is written about data (`results/access-log`) takes what it is about from the dataset itself. */
function keyOfDataset(id: string): string {
  return lastKey(
    id.replace(/(?<=.)(?<!\/(?:access-log|listing|event))(?:\/(?:access-log|listing|event))+$/, ''),
  );
}

/** `KEY/NAME` (one of several matches) is written under KEY; an asset that nobody declared has no key yet. */
function keyOfAsset(id: string): string {
  const parts = id.split('/');
  const isKey = parts.length <= 3 && parts.every((part) => /^[\w.-]+$/.test(part));
  if (!isKey) return elsewhere;
  return (parts.length === 3 ? parts[1] : parts[0]) ?? elsewhere;
}

/** Splits at dots outside brackets: keys may hold dots and brackets of their own. */
function readSteps(fact: string): Step[] {
  const steps: Step[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= fact.length; i++) {
    const at = fact[i];
    if (at === '[') depth++;
    else if (at === ']') depth--;
    else if (at === undefined || (at === '.' && depth === 0)) {
      steps.push(stepOf(fact.slice(start, i)));
      start = i + 1;
    }
  }
  return steps.filter(({ name }) => name !== '');
}

function stepOf(text: string): Step {
  const open = text.indexOf('[');
  return open < 0
    ? { name: text, key: null }
    : { name: text.slice(0, open), key: text.slice(open + 1, text.lastIndexOf(']')) };
}
