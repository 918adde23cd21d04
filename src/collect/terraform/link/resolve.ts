import { jsonText } from '../../../inventory/fact.ts';
import { bucketOfHost, parseArn } from '../../code/arn.ts';
import {
  type InstanceKey,
  moduleAddress,
  namesOf,
  parseAddress,
  type Step,
  splitTraversal,
} from '../address.ts';
import { type Configuration, callAt, moduleAt, resourceKey } from '../configuration/model.ts';
import { referencesOf } from '../configuration/reference.ts';
import { settingAt } from '../configuration/setting.ts';
import { mayBeNamed } from '../describe/describe.ts';
import type { Mention } from '../describe/description.ts';
import type { Draft } from '../resource.ts';
import { expectedTypes } from './expected.ts';

/** What a mention comes to: a resource here, something by name elsewhere, or nothing that can be told. */
export type Target =
  | { readonly kind: 'here'; readonly draft: Draft }
  | { readonly kind: 'elsewhere'; readonly name: string }
  | { readonly kind: 'data'; readonly path: readonly string[]; readonly type: string; readonly name: string }
  | { readonly kind: 'untold'; readonly why: string };

export interface Index {
  readonly configuration: Configuration;
  /** By module (with instances), type and name in the code. */
  readonly byLabel: ReadonlyMap<string, readonly Draft[]>;
  readonly byName: ReadonlyMap<string, readonly Draft[]>;
}

export function createIndex(configuration: Configuration, drafts: readonly Draft[]): Index {
  const byLabel = new Map<string, Draft[]>();
  const byName = new Map<string, Draft[]>();
  const add = (map: Map<string, Draft[]>, key: string, draft: Draft): void => {
    const list = map.get(key);
    if (list) list.push(draft);
    else map.set(key, [draft]);
  };
  for (const draft of drafts) {
    if (!mayBeNamed(draft.kind, draft.type)) continue;
    add(byLabel, labelKey(draft.module, draft.type, draft.label), draft);
    for (const name of draft.names) add(byName, name, draft);
  }
  return { configuration, byLabel, byName };
}

function labelKey(module: readonly Step[], type: string, name: string): string {
  return `${moduleAddress(module)}|${type}.${name}`;
}

/** By reference, then by name; where both leave several, none. */
export function resolve(index: Index, { attribute, name, references }: Mention, from: Draft): Target {
  const expected = expectedTypes(attribute);
  const referred: Found = { drafts: [], data: [] };
  const scope: Place = {
    module: from.module,
    key: from.key,
    label: resourceKey('managed', from.type, from.label),
  };
  for (const reference of references) follow(index, reference, scope, referred, 20);
  const fits = expected ?? anything;
  const drafts = [...new Set(referred.drafts)].filter((draft) => draft !== from && fits(draft.type));
  const named = name === null ? [] : namedBy(index, name, from, expected);
  const both = drafts.filter((draft) => named.includes(draft));
  const [only] =
    both.length === 1
      ? both
      : drafts.length === 1
        ? drafts
        : drafts.length === 0 && named.length === 1
          ? named
          : [];
  if (only)
    return only.standsFor === null
      ? { kind: 'here', draft: only }
      : resolve(index, only.standsFor, { ...only, standsFor: null });
  if (drafts.length > 1)
    return { kind: 'untold', why: `one of ${drafts.map(({ address }) => address).join(', ')}` };
  if (name !== null) return { kind: 'elsewhere', name };
  const [data] = referred.data.filter(({ type }) => fits(type));
  if (data) return { kind: 'data', ...data };
  return {
    kind: 'untold',
    why: `${references.length > 0 ? few(references) : attribute} is known after apply`,
  };
}

const anything = (): boolean => true;

function few(references: readonly string[]): string {
  return references.length > 3 ? `${references.slice(0, 3).join(', ')}…` : references.join(', ');
}

/** A name alone may be anybody's: only what the attribute is about; a whole id is nobody else's. */
function namedBy(
  { byName }: Index,
  name: string,
  from: Draft,
  expected: ((type: string) => boolean) | null,
): readonly Draft[] {
  const family = from.type.split('_')[0];
  if (expected === null)
    return /[:/]/.test(name) ? (byName.get(name) ?? []).filter((draft) => draft !== from) : [];
  return spellings(name).flatMap((spelling) =>
    (byName.get(spelling) ?? []).filter(
      (draft) =>
        draft !== from &&
        draft.type.split('_')[0] === family &&
        expected(draft.type) &&
        !isElsewhere(name, draft),
    ),
  );
}

/** The same name in another region or account is another thing: vaults of a pair are mostly named alike. */
function isElsewhere(name: string, { placed: { region, account } }: Draft): boolean {
  const arn = parseArn(name);
  if (arn === null) return false;
  // A zone begins with its region.
  const isFar =
    arn.region !== null && region.state === 'known' && !jsonText(region.value).startsWith(arn.region);
  return isFar || (arn.account !== null && account !== null && arn.account !== account);
}

const BLOB_HOST = /^([a-z0-9]+)\.(?:blob|dfs|file|z\d+\.web)\.core\.windows\.net$/;

/** The same thing as an ARN, a host name and a plain name call it. */
function spellings(name: string): readonly string[] {
  const resource = parseArn(name)?.resource;
  const bare = resource === undefined ? undefined : /(?:^|[/:])([^/:*]+)(?:[/:]\*)?$/.exec(resource)?.[1];
  const host = bucketOfHost(name) ?? BLOB_HOST.exec(name)?.[1];
  return [
    ...new Set([
      name,
      ...(resource === undefined ? [] : [resource.replace(/\/\*$/, '')]),
      ...(bare === undefined ? [] : [bare]),
      ...(host === undefined ? [] : [host]),
    ]),
  ];
}

interface Found {
  readonly drafts: Draft[];
  readonly data: { readonly path: readonly string[]; readonly type: string; readonly name: string }[];
}

/** Where a reference stands: the module with its instances, the instance of the resource, and which resource. */
interface Place {
  readonly module: readonly Step[];
  readonly key: InstanceKey;
  readonly label: string | null;
}

/** Follows a reference through variables, locals and outputs to resources. */
function follow(index: Index, reference: string, place: Place, found: Found, left: number): void {
  if (left === 0) return;
  const { configuration } = index;
  const path = namesOf(place.module);
  const [root, name, ...rest] = (splitTraversal(reference) ?? []).map((part) =>
    typeof part === 'string' ? part : part.key,
  );
  const on = (references: readonly string[], next: Place): void => {
    for (const one of references) follow(index, one, next, found, left - 1);
  };
  switch (root) {
    case 'var': {
      const step = place.module.at(-1);
      const calls = [callAt(configuration.plan, path), callAt(configuration.code, path)];
      for (const call of calls) {
        const expression = call ? settingAt(call.settings, String(name)) : null;
        if (step && expression)
          on(referencesOf(expression), { module: place.module.slice(0, -1), key: step.key, label: null });
        if (step && call && referencesOf(expression).some((one) => one.startsWith('each.value')))
          on(referencesOf(call.forEach), { module: place.module.slice(0, -1), key: step.key, label: null });
      }
      return;
    }
    case 'local': {
      const expression = moduleAt(configuration.code, path)?.locals.get(String(name));
      return expression ? on(referencesOf(expression), place) : undefined;
    }
    case 'each': {
      // A key only chooses among instances: it is no reference to what it is taken from.
      if (name !== 'value') return;
      const declared =
        place.label === null
          ? undefined
          : [configuration.plan, configuration.code]
              .map((tree) => moduleAt(tree, path)?.resources.get(place.label ?? ''))
              .find((one) => one?.forEach);
      return declared ? on(referencesOf(declared.forEach), place) : undefined;
    }
    case 'module': {
      const key = typeof rest[0] === 'number' || rest.length > 1 ? rest[0] : undefined;
      const output = [rest[0], rest[1]].find(
        (one) => typeof one === 'string' && outputsOf(configuration, [...path, String(name)], one).length > 0,
      );
      const instance = key !== undefined && key !== output ? key : place.key;
      const hasSeveral = [
        callAt(configuration.plan, [...path, String(name)]),
        callAt(configuration.code, [...path, String(name)]),
      ].some((call) => call?.count || call?.forEach);
      const module = [...place.module, { name: String(name), key: hasSeveral ? instance : null }];
      if (output !== undefined)
        on(outputsOf(configuration, [...path, String(name)], String(output)), {
          module,
          key: null,
          label: null,
        });
      return;
    }
    default: {
      const address = parseAddress(reference);
      if (address === null) return;
      if (address.mode === 'data') found.data.push({ path, type: address.type, name: address.name });
      else found.drafts.push(...instancesOf(index, place, address));
    }
  }
}

function outputsOf(configuration: Configuration, path: readonly string[], name: string): readonly string[] {
  return [configuration.plan, configuration.code].flatMap((tree) =>
    referencesOf(moduleAt(tree, path)?.outputs.get(name) ?? null),
  );
}

/** The instance that an index names, else the only one, else the one of the same key. */
function instancesOf(
  { byLabel }: Index,
  place: Place,
  { type, name, key }: { readonly type: string; readonly name: string; readonly key: InstanceKey },
): readonly Draft[] {
  const all = byLabel.get(labelKey(place.module, type, name)) ?? [];
  const same = all.filter((draft) => draft.key === (key ?? place.key));
  return key !== null ? same : all.length === 1 ? all : same.length === 1 ? same : all;
}
