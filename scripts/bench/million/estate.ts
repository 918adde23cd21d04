import type { Fact, Json } from '../../../src/inventory/fact.ts';
import type { AssetKind, Observation, SeenRelation } from '../../../src/inventory/observation.ts';

/** What a ministry's estate is made of; the same numbers and seed give the same observations. */
export interface Estate {
  readonly accounts: number;
  readonly assets: number;
  readonly manifests: number;
  readonly schools: number;
  readonly seed: number;
}

const AT = '2026-11-22T08:00:00Z';
const SHA = 'd19a1cb5df9691332a14a6a81ef39ec1408c32b1d66d914c8b0852dcc1e9f6cd';

/** Where things are, with how often: most in France and Ireland, some everywhere. */
const regions: readonly (readonly [region: string, share: number])[] = [
  ['eu-west-3', 60],
  ['eu-west-1', 12],
  ['eu-central-1', 8],
  ['eu-west-2', 3],
  ['eu-north-1', 3],
  ['eu-south-1', 2],
  ['eu-south-2', 2],
  ['eu-central-2', 1],
  ['us-east-1', 2],
  ['us-east-2', 1],
  ['us-west-2', 1],
  ['ca-central-1', 1],
  ['ap-southeast-1', 1],
  ['ap-northeast-1', 1],
  ['ap-south-1', 1],
  ['sa-east-1', 0.5],
  ['eu-west-99', 0.5],
];

const kinds: readonly (readonly [kind: AssetKind, service: string, share: number])[] = [
  ['object_store', 's3', 20],
  ['database', 'rds', 8],
  ['block_volume', 'ebs', 14],
  ['snapshot', 'snapshot', 14],
  ['log_store', 'logs', 16],
  ['server', 'ec2', 10],
  ['function', 'lambda', 10],
  ['queue', 'sqs', 5],
  ['key', 'kms', 3],
];

/** A small generator of numbers in [0, 1): what is measured has to be the same everywhere. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function weighted<T extends readonly [...unknown[], number]>(list: readonly T[]): (at: number) => T {
  const share = (entry: T): number => entry.at(-1) as number;
  const total = list.reduce((sum, entry) => sum + share(entry), 0);
  return (at) => {
    let left = at * total;
    for (const entry of list) if ((left -= share(entry)) < 0) return entry;
    return list[0] as T;
  };
}

const regionAt = weighted(regions);
const kindAt = weighted(kinds);

export function accountId(index: number): string {
  return String(100_000_000_000 + index);
}

/** Seven digits and a letter, as French schools are numbered. */
function uai(index: number): string {
  const digits = String(10_000 + index).padStart(7, '0');
  return `${digits}${'ABCDEFGHJKLMNPRSTUVWXYZ'[Number(digits) % 23]}`.toLowerCase();
}

/** Observations of one account, as the AWS collector would write them, asset by asset. */
export function* observationsOf(account: number, estate: Estate): Generator<Observation> {
  const random = createRandom(estate.seed * 1_000_003 + account);
  const id = accountId(account);
  const scope = `${id}/eu-west-3`;
  const base = { source: 'aws', scope, at: AT, sha256: SHA, outcome: 'ok' } as const;
  yield { ...base, operation: 'sts:GetCallerIdentity', subject: scope, about: { account: id } };
  const first = Math.floor((account * estate.assets) / estate.accounts);
  const last = Math.floor(((account + 1) * estate.assets) / estate.accounts);
  let store: string | null = null;
  // A team describes its stores once: an account is made from a few templates.
  const templates = [0, 1, 2].map(() => templateOf(random));
  for (let index = first; index < last; index += 1) {
    const [kind, service] = kindAt(random());
    const [region] = regionAt(random());
    const school = uai(Math.floor(random() * estate.schools));
    const name = `${['ent', 'notes', 'cantine', 'evaluation'][index % 4]}-${school}-${index.toString(36)}`;
    const template = templates[Math.floor(random() * templates.length)] as Template;
    const subject = `arn:aws:${service}:${region}:${id}:${name}`;
    const asset = { kind, name, provider: 'aws', account: id } as const;
    const place = region;
    yield { ...base, operation: `${service}:List`, subject, asset, facts: { 'place.region': known(place) } };
    const denied = random() < 0.01;
    const facts = {
      tags: denied ? refused(`${service}:GetTags`) : known(tagsOf(random, school, account, estate)),
      ...describe(kind, template, random),
    };
    const relations: SeenRelation[] = [];
    if (kind === 'snapshot' && store !== null && random() < 0.3)
      relations.push({ kind: 'snapshot', to: store });
    if (kind === 'object_store') {
      if (store !== null && random() < 0.05) relations.push({ kind: 'replica', to: store });
      store = subject;
    }
    yield {
      ...base,
      operation: `${service}:Describe`,
      subject,
      facts,
      ...(relations.length > 0 ? { relations } : {}),
    };
  }
}

/** Half of what is there says what it holds; the rest says nothing, as in real accounts. */
function tagsOf(random: () => number, school: string, account: number, estate: Estate): Json {
  const at = random();
  const data =
    at < 0.3 ? { 'data-class': 'eleves-resultats' } : at < 0.5 ? { 'data-class': 'agents-paie' } : {};
  return { Name: school, app: `app-${account % Math.max(1, estate.manifests)}`, ...data };
}

interface Template {
  readonly at_rest: boolean;
  readonly key_manager: string;
  readonly in_transit: boolean;
  readonly access_log: boolean;
  readonly retention: string | null;
}

function templateOf(random: () => number): Template {
  const at = random();
  return {
    at_rest: random() < 0.97,
    key_manager: at < 0.5 ? 'provider' : at < 0.9 ? 'customer' : 'external',
    in_transit: random() < 0.7,
    access_log: random() < 0.4,
    retention: random() < 0.5 ? 'P365D' : null,
  };
}

function describe(
  kind: AssetKind,
  { at_rest, key_manager, in_transit, access_log, retention }: Template,
  random: () => number,
): { readonly [fact: string]: Fact } {
  const encryption = {
    'encryption.at_rest': known(at_rest),
    'encryption.key_manager': known(key_manager),
    'encryption.in_transit': known(in_transit),
  };
  if (kind !== 'object_store') return kind === 'server' || kind === 'function' ? {} : encryption;
  return {
    ...encryption,
    public: random() < 0.02 ? refused('s3:GetBucketPolicyStatus') : known(random() < 0.01),
    'access.wildcard': known(random() < 0.01),
    'access.outside_accounts': { state: 'absent' },
    access_log: known(access_log),
    retention: retention === null ? { state: 'absent' } : known(retention),
    versioning: known(random() < 0.5),
  };
}

function known(value: Json): Fact {
  return { state: 'known', value };
}

function refused(permission: string): Fact {
  return { state: 'denied', permission };
}

/** One application of the estate: who runs it, what it holds, how its stores are known. */
export function manifestText(index: number): string {
  const kind = ['state', 'local', 'school'][index % 3];
  return `bercail: manifest/v1
id: app-${index}
organisations:
  controller: {name: Autorité ${index}, role: controller, kind: public_body, public_level: ${kind}, seat: FR}
  editor: {name: Éditeur ${index % 40}, role: processor, engaged_by: controller, kind: company, seat: FR, owner: unknown}
  aws: {provider: aws, role: sub_processor, engaged_by: editor, authorised: unknown}
datasets:
  results:
    title: {fr: Résultats ${index}, en: Results ${index}}
    subjects: [pupil]
    categories: [education.results, education.school]
    secrecy: discretion
    population: 800
    identifiability: pseudonymised
    pseudonym_table: false
assets:
  store:
    kind: object_store
    operator: aws
    run_by: editor
    place: {provider: aws, region: eu-west-3}
    holds: [results]
    match: [{source: aws, kind: object_store, account: "${accountId(index)}", name: "evaluation-*"}]
activities:
  follow-up:
    title: {fr: Suivi ${index}, en: Follow-up ${index}}
    controller: controller
    purposes: [education.follow_up]
    legal_basis: gdpr.6.1.e
    datasets: [results]
    retention: {period: P1Y}
`;
}
