import type { Json, Tree } from '../../../inventory/fact.ts';
import { isTree } from '../../../inventory/fact.ts';
import { matchesGlob } from '../../../inventory/glob.ts';
import { at, textAt } from '../read/json.ts';
import { locationCode } from '../read/location.ts';
import type { Parameters } from './value.ts';
import { resolve } from './value.ts';

/** What is to be made: its location, and its type where that is fixed. */
export interface Made {
  readonly location: string;
  /** In lower case; null for any type. */
  readonly type: string | null;
}

/**
 * Whether a condition holds: for everything that may be made there (but for some types), for some of it, for none.
 * `byLocation`: because of where it is to be made. What is refused wherever it is made closes no region.
 */
export type Holds =
  | { readonly for: 'all'; readonly except: readonly string[]; readonly byLocation: boolean }
  | { readonly for: 'some' }
  | { readonly for: 'none'; readonly byLocation: boolean };

const some: Holds = { for: 'some' };

/** https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule */
export function holds(condition: Json | undefined, parameters: Parameters, made: Made): Holds {
  if (!isTree(condition)) return some;
  const [every, any, not] = [at(condition, 'allOf'), at(condition, 'anyOf'), at(condition, 'not')];
  const each = (list: readonly Json[]): Holds[] => list.map((one) => holds(one, parameters, made));
  if (Array.isArray(every)) return allOf(each(every));
  if (Array.isArray(any)) return anyOf(each(any));
  if (not !== undefined) return negate(holds(not, parameters, made));
  return leaf(condition, parameters, made);
}

function allOf(parts: readonly Holds[]): Holds {
  const never = parts.filter((one) => one.for === 'none');
  if (never.length > 0) return { for: 'none', byLocation: never.some(({ byLocation }) => byLocation) };
  const whole = parts.filter((one) => one.for === 'all');
  return whole.length === parts.length
    ? {
        for: 'all',
        except: [...new Set(whole.flatMap(({ except }) => except))],
        byLocation: whole.some(({ byLocation }) => byLocation),
      }
    : some;
}

function anyOf(parts: readonly Holds[]): Holds {
  const whole = parts.filter((one) => one.for === 'all');
  const ofLocation = whole.filter(({ byLocation }) => byLocation);
  const [first, ...others] = ofLocation.length > 0 ? ofLocation : whole;
  if (first !== undefined)
    // A type is left out only where every part leaves it out.
    return {
      ...first,
      except: first.except.filter((type) => others.every(({ except }) => except.includes(type))),
    };
  if (parts.some((one) => one.for === 'some')) return some;
  return { for: 'none', byLocation: parts.some((one) => one.for === 'none' && one.byLocation) };
}

function negate(one: Holds): Holds {
  if (one.for === 'none') return { for: 'all', except: [], byLocation: one.byLocation };
  return one.for === 'all' && one.except.length === 0 ? { for: 'none', byLocation: one.byLocation } : some;
}

/** A test of the location, or of the type. What tests anything else may hold or not: whoever makes a thing decides. */
function leaf(condition: Tree, parameters: Parameters, made: Made): Holds {
  const field = textAt(condition, 'field')?.toLowerCase();
  const test = tests.find(({ name }) => at(condition, name) !== undefined);
  if (test === undefined || (field !== 'location' && field !== 'type')) return some;
  const value = resolve(at(condition, test.name), parameters);
  const values = (Array.isArray(value) ? value : [value]).filter(
    (one): one is string => typeof one === 'string',
  );
  if (value === undefined || values.length < (Array.isArray(value) ? value.length : 1)) return some;
  if (field === 'location') {
    const isIn = values.some((one) => test.match(locationCode(one) ?? '', made.location));
    return decided(isIn !== test.isNegative, true);
  }
  if (made.type !== null) {
    const { type } = made;
    const isIn = values.some((one) => test.match(one.toLowerCase(), type));
    return decided(isIn !== test.isNegative, false);
  }
  // Of any type: to be one of a few holds for some, not to be one of a few for all others.
  return test.isNegative ? { for: 'all', except: values, byLocation: false } : some;
}

function decided(isSo: boolean, byLocation: boolean): Holds {
  return isSo ? { for: 'all', except: [], byLocation } : { for: 'none', byLocation };
}

interface Test {
  readonly name: string;
  readonly isNegative: boolean;
  readonly match: (pattern: string, text: string) => boolean;
}

const same = (pattern: string, text: string): boolean => pattern === text;

const tests: readonly Test[] = [
  { name: 'equals', isNegative: false, match: same },
  { name: 'notEquals', isNegative: true, match: same },
  { name: 'in', isNegative: false, match: same },
  { name: 'notIn', isNegative: true, match: same },
  { name: 'like', isNegative: false, match: matchesGlob },
  { name: 'notLike', isNegative: true, match: matchesGlob },
  { name: 'contains', isNegative: false, match: (part, text) => text.includes(part) },
  { name: 'notContains', isNegative: true, match: (part, text) => text.includes(part) },
];

/** Whether a condition asks about locations at all. */
export function speaksOfLocation(condition: Json | undefined): boolean {
  if (Array.isArray(condition)) return condition.some(speaksOfLocation);
  if (!isTree(condition)) return false;
  return (
    /(^|[/.'])location('|$)/i.test(textAt(condition, 'field') ?? textAt(condition, 'value') ?? '') ||
    Object.values(condition).some(speaksOfLocation)
  );
}
