import type { Fact } from '../../inventory/fact.ts';
import type { Observation } from '../../inventory/observation.ts';
import type { SnapshotDigest, SnapshotHeader } from './format.ts';
import { FORMAT } from './format.ts';

type Fields = { readonly [name: string]: unknown };

const OUTCOMES = new Set<unknown>(['ok', 'denied', 'error', 'not_collected']);
/** What an asset may say beside its kind, name, provider and account. */
const optional = { operator: 'string', external: 'boolean', dataless: 'boolean' } as const;
const STATES = new Set<unknown>(['known', 'absent', 'denied', 'error', 'not_collected']);

/** What is wrong with a line that should be an observation; null when nothing is. */
export function findFault(value: unknown): string | null {
  if (!isFields(value)) return 'not an observation';
  for (const name of ['source', 'scope', 'operation', 'subject', 'at']) {
    if (typeof value[name] !== 'string') return `“${name}” should be a text`;
  }
  if (value['sha256'] !== null && typeof value['sha256'] !== 'string')
    return '“sha256” should be a text or null';
  if (!OUTCOMES.has(value['outcome'])) return `“outcome” should be one of ${[...OUTCOMES].join(', ')}`;
  for (const name of ['permission', 'code', 'ref']) {
    if (value[name] !== undefined && typeof value[name] !== 'string') return `“${name}” should be a text`;
  }
  if (value['about'] !== undefined && !isFields(value['about'])) return '“about” should be a map';
  return faultOfAsset(value['asset']) ?? faultOfFacts(value['facts']) ?? faultOfRelations(value['relations']);
}

export function isObservation(value: unknown): value is Observation {
  return findFault(value) === null;
}

export function isHeader(value: unknown): value is SnapshotHeader {
  return (
    isFields(value) && value['bercail'] === FORMAT && isFields(value['tool']) && isFields(value['source'])
  );
}

export function isDigest(value: unknown): value is SnapshotDigest {
  if (!isFields(value) || !isFields(value['digest'])) return false;
  const { lines, sha256 } = value['digest'];
  return typeof lines === 'number' && typeof sha256 === 'string';
}

function faultOfAsset(asset: unknown): string | null {
  if (asset === undefined) return null;
  if (!isFields(asset) || typeof asset['kind'] !== 'string' || typeof asset['name'] !== 'string')
    return '“asset” should have a kind and a name';
  const lost = ['provider', 'account'].find(
    (name) => asset[name] !== null && typeof asset[name] !== 'string',
  );
  if (lost !== undefined) return `“asset.${lost}” should be a text or null`;
  const wrong = Object.entries(optional).find(
    ([name, type]) => asset[name] !== undefined && typeof asset[name] !== type,
  );
  return wrong === undefined
    ? null
    : `“asset.${wrong[0]}” should be ${wrong[1] === 'string' ? 'a text' : 'true or false'}`;
}

function faultOfFacts(facts: unknown): string | null {
  if (facts === undefined) return null;
  if (!isFields(facts)) return '“facts” should be a map';
  const wrong = Object.entries(facts).find(([, fact]) => !isFact(fact));
  return wrong === undefined ? null : `fact “${wrong[0]}” has no state that is known`;
}

function isFact(fact: unknown): fact is Fact {
  return (
    isFields(fact) && STATES.has(fact['state']) && (fact['state'] !== 'known' || fact['value'] !== undefined)
  );
}

function faultOfRelations(relations: unknown): string | null {
  if (relations === undefined) return null;
  const isGood =
    Array.isArray(relations) &&
    relations.every(
      (relation: unknown) =>
        isFields(relation) && typeof relation['kind'] === 'string' && typeof relation['to'] === 'string',
    );
  return isGood ? null : '“relations” should be a list of kind and to';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
