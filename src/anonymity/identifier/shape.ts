import { isIP } from 'node:net';
import { bare, isIban, isIneBase36, isIneBea, isNir, isSiren, isSiret, isUai } from './check.ts';

export const identifierKinds = [
  'ine',
  'nir',
  'uai',
  'siret',
  'siren',
  'name',
  'email',
  'phone',
  'address',
  'birth_date',
  'ip',
  'iban',
  'free_text',
] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

/** One way to recognise a whole cell. */
export interface Shape {
  readonly kind: IdentifierKind;
  readonly has: (value: string) => boolean;
  /** The check beyond the shape, and how often a random value of that shape passes it. */
  readonly check: { readonly passes: (value: string) => boolean; readonly chance: number } | null;
  /** What the shape is worth without a check and without a telling column name. */
  readonly alone: 'high' | 'medium' | 'low' | 'none';
}

const email = /^[^\s@<>(),;]{1,64}@[\w-]+(?:\.[\w-]+)+$/;
const phone = /^(?:(?:\+|00)33[\s.-]?(?:\(0\))?|0)[1-9](?:[\s.-]?\d{2}){4}$/;
const grouped = /^(?:(?:\+|00)33[\s.-]?(?:\(0\))?|0)[1-9](?:[\s.-]\d{2}){4}$|^\+33[1-9]\d{8}$/;
const way =
  'rue|avenue|av\\.?|boulevard|bd\\.?|chemin|ch\\.|place|pl\\.|all[ée]es?|impasse|route|rte|quai|cours|square|lotissement|hameau|passage|sentier|faubourg|mont[ée]e|r[ée]sidence|esplanade|villa|cit[ée]|lieu[ -]dit';
const street = new RegExp(
  `(?:^|\\s)\\d{1,4}\\s?(?:bis|ter|quater|[a-d])?[\\s,]+(?:${way})\\s+\\p{L}|^(?:${way})\\s+\\p{L}.*\\b\\d{5}\\b`,
  'iu',
);
const day =
  /^(?:(?:19|20)\d\d-\d\d-\d\d(?:[T ].*)?|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))$/;

export const shapes: readonly Shape[] = [
  {
    kind: 'nir',
    has: (value) => /^[1-478]\d{4}(?:\d\d|2[AB])\d{8}$/i.test(bare(value)),
    check: { passes: isNir, chance: 1 / 97 },
    alone: 'none',
  },
  {
    kind: 'uai',
    has: (value) => /^\d{7}[A-Z]$/i.test(value),
    check: { passes: isUai, chance: 1 / 23 },
    alone: 'none',
  },
  {
    kind: 'ine',
    has: (value) => /^\d{10}[A-Z]$/i.test(value),
    check: { passes: isIneBea, chance: 1 / 23 },
    alone: 'none',
  },
  {
    kind: 'ine',
    has: (value) => /^[0-9A-Z]{10}\d$/i.test(value),
    check: { passes: isIneBase36, chance: 1 / 10 },
    alone: 'none',
  },
  // The key of the RNIE is not public; apprentices' numbers (SIFA) have an A in the middle.
  { kind: 'ine', has: (value) => /^\d{9}[A-HJK]{2}$/.test(value), check: null, alone: 'low' },
  { kind: 'ine', has: (value) => /^\d{4}A\d{5}[A-HJ-NPR-Z]$/.test(value), check: null, alone: 'low' },
  {
    kind: 'siret',
    has: (value) => /^\d{14}$/.test(bare(value)),
    check: { passes: isSiret, chance: 1 / 10 },
    alone: 'none',
  },
  {
    kind: 'siren',
    has: (value) => /^\d{9}$/.test(bare(value)),
    check: { passes: isSiren, chance: 1 / 10 },
    alone: 'none',
  },
  {
    kind: 'iban',
    has: (value) => /^[A-Z]{2}\d{2}(?:\s?[0-9A-Z]){11,30}$/i.test(value),
    check: { passes: isIban, chance: 1 / 97 },
    alone: 'none',
  },
  { kind: 'email', has: (value) => email.test(value), check: null, alone: 'high' },
  { kind: 'phone', has: (value) => grouped.test(value), check: null, alone: 'high' },
  { kind: 'phone', has: (value) => phone.test(value) && !grouped.test(value), check: null, alone: 'medium' },
  { kind: 'address', has: (value) => street.test(value), check: null, alone: 'high' },
  { kind: 'ip', has: (value) => isIP(value) === 6 && value.length > 6, check: null, alone: 'high' },
  { kind: 'ip', has: (value) => isIP(value) === 4, check: null, alone: 'medium' },
  { kind: 'birth_date', has: (value) => day.test(value), check: null, alone: 'none' },
  { kind: 'name', has: (value) => /^[\p{L}][\p{L}'’ .-]{1,59}$/u.test(value), check: null, alone: 'none' },
  // « DUPONT Marie », as French administrations write persons.
  {
    kind: 'name',
    has: (value) =>
      /^\p{Lu}[\p{Lu}'’-]+(?: \p{Lu}[\p{Lu}'’-]+)? \p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?$/u.test(value),
    check: null,
    alone: 'low',
  },
];

/** Kinds that a longer text may hold, with the words that have to stand near where the shape alone says little. */
export const embedded: readonly {
  readonly kind: IdentifierKind;
  readonly find: RegExp;
  readonly passes: (found: string) => boolean;
  readonly confidence: 'high' | 'medium';
}[] = [
  {
    kind: 'email',
    find: /[^\s@<>(),;:]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g,
    passes: () => true,
    confidence: 'high',
  },
  {
    kind: 'phone',
    find: /(?<!\d)(?:(?:\+|00)33[\s.-]?|0)[1-9](?:[\s.-]?\d{2}){4}(?!\d)/g,
    passes: () => true,
    confidence: 'medium',
  },
  {
    kind: 'nir',
    find: /(?<!\d)[1-478](?:[\s.]?\d{2}){2}[\s.]?(?:\d{2}|2[AB])(?:[\s.]?\d{3}){2}[\s.]?\d{2}(?!\d)/gi,
    passes: isNir,
    confidence: 'medium',
  },
  {
    kind: 'iban',
    find: /\b[A-Z]{2}\d{2}(?: ?[0-9A-Z]{4}){3,7}(?: ?[0-9A-Z]{1,3})?\b/g,
    passes: isIban,
    confidence: 'high',
  },
  {
    kind: 'ine',
    find: /\b(?:INE|BEA|identifiant national)\W{1,3}(?:n[°o]\s?)?([0-9A-Z]{11})\b/gi,
    passes: (found) => isIneShaped(found.slice(-11)),
    confidence: 'high',
  },
  { kind: 'uai', find: /\b\d{7}[A-Z]\b/g, passes: isUai, confidence: 'medium' },
  {
    kind: 'address',
    find: new RegExp(`(?<!\\d)\\d{1,4}\\s?(?:bis|ter)?[\\s,]+(?:${way})\\s+\\p{L}{2,}`, 'giu'),
    passes: () => true,
    confidence: 'medium',
  },
  {
    kind: 'name',
    find: /(?<![\p{L}\d])(?:M\.|Mr|Mme|Mlle|Melle|Monsieur|Madame|Mademoiselle|[Ll][’']élève|[Éé]lève|[Pp]upil|Mrs|Ms)\s+\p{Lu}[\p{L}'’-]+/gu,
    passes: () => true,
    confidence: 'medium',
  },
];

export function isIneShaped(value: string): boolean {
  return (
    isIneBea(value) ||
    isIneBase36(value) ||
    /^\d{9}[A-HJK]{2}$/i.test(value) ||
    /^\d{4}A\d{5}[A-Z]$/i.test(value)
  );
}
