import type { ErrorObject, ValidateFunction } from 'ajv';
import { nearest } from '../catalog/nearest.ts';
import type { Problem } from '../error.ts';
import { collapse } from './collapse.ts';
import { alternatives, expectedBy, found, showPath } from './expected.ts';
import { quote } from './quote.ts';
import type { YamlSource } from './read.ts';
import type { JsonSchema } from './schema.ts';

/** A person mends a few dozen at a time; a file of another kind altogether can give a hundred thousand. */
const maxProblems = 200;

/** What a schema refuses in a source, told for people: where, what was found, what was expected. In file order. */
export function validate(source: YamlSource, validator: ValidateFunction): Problem[] {
  if (validator(source.value)) return [];
  const root = validator.schema as JsonSchema;
  const errors = collapse(validator.errors ?? [], root);
  const problems = errors.slice(0, maxProblems).map((error) => describe(source, root, error));
  if (errors.length > maxProblems) problems.push(andMore(errors.length - maxProblems, source.file));
  return inFileOrder(problems);
}

/** The first problems of a file, in its order, and how many others there are. */
export function firstProblems(problems: readonly Problem[], file: string): Problem[] {
  const sorted = inFileOrder(problems);
  return sorted.length > maxProblems
    ? [...sorted.slice(0, maxProblems), andMore(sorted.length - maxProblems, file)]
    : sorted;
}

function andMore(count: number, file: string): Problem {
  return { message: `and ${count} more problems in ${file}` };
}

/** Sorted by position, the same thing told once. What has no position comes last. */
export function inFileOrder(problems: readonly Problem[]): Problem[] {
  const unique = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  const nowhere = { line: Number.MAX_SAFE_INTEGER, column: 0 };
  return [...unique.values()].sort(
    ({ where: a = nowhere }, { where: b = nowhere }) => a.line - b.line || a.column - b.column,
  );
}

/** `did you mean "a" or "b"?`, or what may be written instead; `undefined` where neither would help. */
export function suggest(word: string, candidates: readonly string[], expected?: string): string | undefined {
  // Comparing long words, or thousands of them, would take longer than looking.
  const comparable =
    word.length > 80 || candidates.length > 1000 ? [] : candidates.filter(({ length }) => length <= 80);
  const near = nearest(word, comparable, 3);
  if (near.length > 0) return `did you mean ${near.map(quote).join(' or ')}?`;
  if (expected !== undefined) return `expected ${expected}`;
  return candidates.length > 0 && candidates.length <= 12
    ? `expected one of ${candidates.join(', ')}`
    : undefined;
}

function describe(source: YamlSource, root: JsonSchema, error: ErrorObject): Problem {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const schema = error.parentSchema as JsonSchema;
  const name = showPath(source.value, path);
  const within = name === '' ? '' : ` in ${name}`;
  const properties = (schema['properties'] ?? {}) as { readonly [key: string]: JsonSchema };
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params['additionalProperty']);
    const where = source.positionOf([...path, key]);
    const hint = suggest(key, Object.keys(properties));
    // `{en: One, two}` is read as a text and a key without a value.
    const isTail = key.includes(' ') && (error.data as { readonly [key: string]: unknown })[key] === null;
    const comma = 'between braces, a text with a comma needs quotes';
    return withHint({ message: `unknown key ${quote(key)}${within}`, where }, isTail ? comma : hint);
  }
  if (error.keyword === 'required') {
    const key = String(error.params['missingProperty']);
    const message = `the key ${quote(key)} is missing${within}`;
    return withHint(
      { message, where: source.positionOf(path) },
      `expected ${expectedBy(root, properties[key] ?? {})}`,
    );
  }
  if (error.propertyName !== undefined) {
    const message = `the name ${quote(error.propertyName)} cannot be used${within}`;
    return {
      message,
      hint: `expected ${expectedBy(root, schema)}`,
      where: source.positionOf([...path, error.propertyName]),
    };
  }
  const where = source.positionOf(path, 'value');
  const message = `${name === '' ? 'the file' : name} is ${found(error.data)}`;
  return withHint({ message, where }, hintOf(source, root, schema, error, path));
}

function hintOf(
  source: YamlSource,
  root: JsonSchema,
  schema: JsonSchema,
  error: ErrorObject,
  path: readonly string[],
): string {
  const { data, keyword } = error;
  if (keyword === 'uniqueItems') return 'expected each thing once';
  if ((keyword === 'minItems' || keyword === 'minProperties') && schema['x-expected'] === undefined)
    return 'expected at least one thing in it';
  const expected = `expected ${expectedBy(root, schema)}`;
  const { words } = alternatives(root, schema);
  if (data === 'unknown' && isItem(source.value, path))
    return `${expected}; when it is not known, write unknown in place of the whole list`;
  if (typeof data === 'number' && /\btext\b|\bname\b/.test(expected))
    return `${expected}: put it between quotes`;
  const near = typeof data === 'string' && data.length <= 80 ? nearest(data, words, 1) : [];
  return near.length > 0 ? `${expected}; did you mean ${near.map(quote).join()}?` : expected;
}

function isItem(value: unknown, path: readonly string[]): boolean {
  const holder = path
    .slice(0, -1)
    .reduce((at: unknown, step) => (at as { readonly [key: string]: unknown } | null)?.[step], value);
  return Array.isArray(holder);
}

function withHint(problem: Problem, hint: string | undefined): Problem {
  return hint === undefined ? problem : { ...problem, hint };
}
