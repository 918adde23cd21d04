import { defaultLimits } from '../limit.ts';
import { CelError, Marker } from '../value.ts';
import { isInt64 } from './arithmetic.ts';
import type { Declaration } from './declaration.ts';

/** Calls get arguments of the declared types. */
type Call = (...args: readonly never[]) => unknown;

const declare = (name: string, params: readonly string[], result: string, call: Call): Declaration => ({
  name,
  params,
  result,
  call: (args) => call(...(args as readonly never[])),
});

const method = (name: string, params: readonly string[], result: string, call: Call): Declaration => ({
  ...declare(name, params, result, call),
  method: true,
});

/** Characters are Unicode code points, as CEL counts them. */
const sizes: readonly Declaration[] = [
  declare('size', ['string'], 'int', (text: string) => BigInt(Array.from(text).length)),
  declare('size', ['list<dyn>'], 'int', (list: readonly unknown[]) => BigInt(list.length)),
  declare('size', ['map<dyn>'], 'int', (map: ReadonlyMap<unknown, unknown>) => BigInt(map.size)),
];

const tests: readonly Declaration[] = [
  method('contains', ['string', 'string'], 'bool', (text: string, part: string) => text.includes(part)),
  method('startsWith', ['string', 'string'], 'bool', (text: string, part: string) => text.startsWith(part)),
  method('endsWith', ['string', 'string'], 'bool', (text: string, part: string) => text.endsWith(part)),
];

/** `matches` is compiled apart, with its pattern. */
const matches: readonly Declaration[] = [false, true].map((method) => ({
  name: 'matches',
  method,
  params: ['string', 'string'],
  result: 'bool',
  call: () => null,
}));

const conversions: readonly Declaration[] = [
  declare('string', ['string'], 'string', (text: string) => text),
  declare('string', ['int'], 'string', String),
  declare('string', ['double'], 'string', writeDouble),
  declare('string', ['bool'], 'string', String),
  declare('int', ['int'], 'int', (value: bigint) => value),
  declare('int', ['double'], 'int', truncate),
  declare('int', ['string'], 'int', readInt),
  declare('double', ['double'], 'double', (value: number) => value),
  declare('double', ['int'], 'double', Number),
  declare('double', ['string'], 'double', readDouble),
  declare('bool', ['bool'], 'bool', (value: boolean) => value),
  declare('bool', ['string'], 'bool', readBool),
];

/** From CEL's extension for strings. */
const words: readonly Declaration[] = [
  method('lowerAscii', ['string'], 'string', (text: string) =>
    text.replace(/[A-Z]+/g, (part) => part.toLowerCase()),
  ),
  method('upperAscii', ['string'], 'string', (text: string) =>
    text.replace(/[a-z]+/g, (part) => part.toUpperCase()),
  ),
  method('trim', ['string'], 'string', (text: string) => trim(text)),
  method('join', ['list<string>'], 'string', (list: readonly unknown[]) => join(list, '')),
  method('join', ['list<string>', 'string'], 'string', join),
];

/** The functions that every expression may call, besides operators and macros. */
export const standardFunctions: readonly Declaration[] = [
  ...sizes,
  ...sizes.map((size) => ({ ...size, method: true })),
  ...tests,
  ...matches,
  ...conversions,
  ...words,
];

/** Unicode's White_Space, which is neither what JavaScript trims nor `\\s`. */
const SPACE = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const leading = new RegExp(`^${SPACE}+`);
const space = new RegExp(SPACE);

function trim(text: string): string {
  let end = text.length;
  while (end > 0 && space.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end).replace(leading, '');
}

function join(list: readonly unknown[], separator: string): string | CelError {
  const other = list.find((item) => typeof item !== 'string' && !(item instanceof Marker));
  if (other !== undefined) return new CelError('join expects a list of strings');
  const { text } = defaultLimits;
  let length = separator.length * Math.max(0, list.length - 1);
  for (const item of list) if (typeof item === 'string') length += item.length;
  return length > text ? new CelError(`a text of more than ${text} characters`) : list.join(separator);
}

function truncate(value: number): bigint | CelError {
  // Doubles next to the bounds stand for integers beyond them.
  const isInside = Math.abs(value) < 2 ** 63;
  return isInside ? BigInt(Math.trunc(value)) : new CelError('the number does not fit in an int');
}

function readInt(text: string): bigint | CelError {
  const value = /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : null;
  return value !== null && isInt64(value) ? value : new CelError(`not an int: ${shown(text)}`);
}

function readDouble(text: string): number | CelError {
  if (/^[+-]?(inf|infinity)$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^[+-]?nan$/i.test(text)) return Number.NaN;
  const isDecimal = /^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text);
  return isDecimal ? Number(text) : new CelError(`not a double: ${shown(text)}`);
}

function readBool(text: string): boolean | CelError {
  if (['true', 'TRUE', 'True', 't', '1'].includes(text)) return true;
  return ['false', 'FALSE', 'False', 'f', '0'].includes(text)
    ? false
    : new CelError(`not a bool: ${shown(text)}`);
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function writeDouble(value: number): string {
  if (Number.isFinite(value)) return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}
