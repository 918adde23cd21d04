import type { Json } from '../../../inventory/fact.ts';
import type { AssetKind, RelationKind } from '../../../inventory/observation.ts';
import type { Selection } from '../../code/backup-selection.ts';
import type { Facts } from '../../code/fact.ts';
import { referencesAt, textAt, type Values, valueAt } from './values.ts';

/** How one resource names another: by a value that is known, by a reference, or both. */
export interface Mention {
  readonly attribute: string;
  readonly name: string | null;
  readonly references: readonly string[];
}

/** A copy that a resource makes by itself, where no resource of its own stands for it. */
export interface Copy {
  /** What follows `#` in its id. */
  readonly suffix: string;
  readonly relation: RelationKind;
  readonly kind: AssetKind;
  /** Code of its region; `paired`: that of the pair of the resource's own; null: not told. */
  readonly region: string | null | { readonly paired: true };
  readonly note?: string;
  /** Left out where it would be in the region of what it copies: a list names every region, its own too. */
  readonly isElsewhere?: boolean;
  /** The resource whose place it shares. */
  readonly within?: Mention;
}

export interface Tie {
  readonly kind: RelationKind;
  readonly to: Mention | 'self';
}

/** What a resource says, of itself or of the one that it names. */
export interface Statement {
  readonly about?: Mention;
  readonly facts?: Facts;
  /** Facts that take the names by which the one that it is about is known. */
  readonly factsFor?: (names: readonly string[]) => Facts;
  readonly ties?: readonly Tie[];
  readonly copies?: readonly Copy[];
  /** Who is a member of whom: members of a global database hold the same data. */
  readonly member?: { readonly of: Mention | 'self'; readonly who: Mention | 'self' };
  /** The backup plan that takes what is named, or what is selected, into its vaults. */
  readonly through?: Mention;
  readonly selected?: Selection;
  /** A vault that a backup plan fills. */
  readonly vault?: Mention;
  /** What only makes a fact together with what other resources say. */
  readonly parts?: { readonly [name: string]: Json };
}

export interface Description {
  /** Other than the attribute `name`. */
  readonly name?: string | null;
  /** What others call it by: attributes beside `id`, `arn` and `name`. */
  readonly names?: readonly string[];
  readonly statements: readonly Statement[];
  /** Attributes that name the resource whose place it shares. */
  readonly within?: readonly Mention[];
  /** What is meant by whoever names this one: an alias stands for its key. */
  readonly standsFor?: Mention;
  /** Code of a region, where its type or its own values fix it otherwise than by the usual attributes. */
  readonly region?: string | null;
}

export type Describe = (values: Values) => Description;

/** Null where nothing is named there. */
export function mention(values: Values, attribute: string): Mention | null {
  const references = referencesAt(values, attribute) ?? [];
  const name = textAt(values, attribute) ?? null;
  return name === null && references.length === 0
    ? null
    : { attribute: `${values.prefix}${attribute}`, name, references };
}

/** What is named where something has to be named: known or not, it is there. */
export function target(values: Values, attribute: string): Mention | null {
  const found = mention(values, attribute);
  return (
    found ??
    (textAt(values, attribute) === undefined
      ? { attribute: `${values.prefix}${attribute}`, name: null, references: [] }
      : null)
  );
}

/** Each name of a list, and each reference where some of its members, or all, are not known yet. */
export function mentions(values: Values, attribute: string): readonly Mention[] {
  const value = valueAt(values, attribute);
  const references = referencesAt(values, attribute) ?? [];
  const names = Array.isArray(value)
    ? value.filter((one): one is string => typeof one === 'string' && one !== '')
    : [];
  const isWhole = Array.isArray(value) && names.length > 0 && names.length === value.length;
  return [
    ...names.map((name) => ({ attribute, name, references: [] })),
    ...(isWhole ? [] : references.map((reference) => ({ attribute, name: null, references: [reference] }))),
  ];
}

export function tie(kind: RelationKind, to: Mention | null): readonly Tie[] {
  return to === null ? [] : [{ kind, to }];
}

export function itself(facts: Facts, ties: readonly Tie[] = [], copies: readonly Copy[] = []): Description {
  return { statements: [{ facts, ties, copies }] };
}

/** What is said of the resource that an attribute names; nothing where it names none. */
export function said(about: Mention | null, statement: Omit<Statement, 'about'>): readonly Statement[] {
  return about === null ? [] : [{ ...statement, about }];
}
