import * as fc from 'fast-check';
import { MissingValue, PartialList } from '../../../src/rule/cel/value.ts';

/** A small model with every kind of type, and generators over it. */
export const types = {
  thing: { key: 'string', flag: 'bool', name: 'string', count: 'int', tags: 'list<string>', inner: 'inner' },
  inner: { flag: 'bool', tags: 'list<string>' },
};

export const variables = {
  p: 'bool',
  q: 'bool',
  s: 'string',
  n: 'int',
  tags: 'list<string>',
  counts: 'list<int>',
  thing: 'thing',
  things: 'list<thing>',
  flags: 'map<bool>',
} as const;

const word = fc.constantFrom('a', 'b', 'c', '');
const bool = fc.boolean();
const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 12 });
const int = fc.bigInt({ min: -3n, max: 3n });
const words = fc.array(word, { maxLength: 3 });
const inner = fc.record({ flag: orNull(bool), tags: orNull(words) });
const thing = (key: string) =>
  fc.record({
    key: fc.constant(key),
    flag: orNull(bool),
    name: orNull(word),
    count: orNull(int),
    tags: orNull(words),
    inner: orNull(inner),
  });

/** Everything known. */
export const environment = fc.record({
  p: orNull(bool),
  q: bool,
  s: orNull(word),
  n: orNull(int),
  tags: words,
  counts: fc.array(int, { maxLength: 3 }),
  thing: orNull(thing('t')),
  things: fc
    .integer({ min: 0, max: 3 })
    .chain((size) => fc.tuple(...['x', 'y', 'z'].slice(0, size).map(thing))),
  flags: fc
    .dictionary(fc.constantFrom('k', 'l'), orNull(bool))
    .map((flags) => new Map(Object.entries(flags))),
});

/** Decides, for each place in turn, whether it is kept (0), missing (1) or known in part (2). */
export const holes = fc.array(fc.constantFrom(0, 0, 0, 0, 1, 1, 2), { minLength: 60, maxLength: 60 });

/** Knocks facts out of an environment; returns what is left and the paths of what is gone. */
export function forget(
  scope: Record<string, unknown>,
  choices: readonly number[],
): { partial: Record<string, unknown>; gone: readonly string[] } {
  const gone: string[] = [];
  let turn = 0;
  const visit = (value: unknown, path: string): unknown => {
    const choice = choices[turn % choices.length];
    turn += 1;
    if (choice === 1) {
      gone.push(path);
      return new MissingValue('denied');
    }
    if (Array.isArray(value)) {
      if (choice === 2) {
        gone.push(path);
        return new PartialList(
          value.slice(turn % 2).map((item, index) => inside(item, path, index)),
          new MissingValue('error'),
        );
      }
      return value.map((item, index) =>
        typeof item === 'object' ? inside(item, path, index) : visit(item, `${path}[${index}]`),
      );
    }
    return inside(value, path, 0);
  };
  const inside = (value: unknown, path: string, index: number): unknown => {
    if (value instanceof Map) {
      return new Map([...value].map(([key, item]) => [key, visit(item, `${path}[${key}]`)]));
    }
    if (typeof value !== 'object' || value === null) return value;
    const here = 'key' in value && path.startsWith('things') ? `${path}[${value.key as string}]` : path;
    void index;
    return Object.fromEntries(
      Object.entries(value).map(([field, item]) => [
        field,
        field === 'key' ? item : visit(item, `${here}.${field}`),
      ]),
    );
  };
  const partial = Object.fromEntries(
    Object.entries(scope).map(([name, value]) => [name, visit(value, name)]),
  );
  return { partial, gone };
}

const join = (...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((texts) => texts.join(''));
const text = fc.constant<string>;

/** Expressions over the model. Iteration variables shadow those of the scope, so that every expression type-checks. */
export const { bool: condition } = fc.letrec<{
  bool: string;
  word: string;
  int: string;
  words: string;
  things: string;
}>((tie) => {
  const binary = (kind: 'bool' | 'word' | 'int' | 'words', operator: string) =>
    join(text('('), tie(kind), text(` ${operator} `), tie(kind), text(')'));
  const some = fc.constantFrom('all', 'exists', 'exists_one');
  const overThings = (body: fc.Arbitrary<string>) =>
    join(tie('things'), text('.'), some, text('(thing, '), body, text(')'));
  const overWords = (body: fc.Arbitrary<string>) =>
    join(tie('words'), text('.'), some, text('(s, '), body, text(')'));
  return {
    bool: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.constantFrom(
        'p',
        'q',
        'thing.flag',
        'thing.inner.flag',
        'true',
        'false',
        "flags['k']",
        'flags.l',
        'has(thing.name)',
        'has(thing.tags)',
        'has(flags.k)',
      ),
      binary('bool', '&&'),
      binary('bool', '||'),
      binary('bool', '=='),
      join(text('!'), tie('bool')),
      join(text('('), tie('bool'), text(' ? '), tie('bool'), text(' : '), tie('bool'), text(')')),
      binary('word', '=='),
      binary('word', '<='),
      binary('words', '=='),
      binary('int', '<'),
      binary('int', '!='),
      join(text('('), tie('word'), text(' in '), tie('words'), text(')')),
      join(text('('), tie('int'), text(' in counts)')),
      join(tie('word'), text(".startsWith('a')")),
      overThings(tie('bool')),
      overWords(tie('bool')),
      join(text('counts.'), some, text('(n, '), tie('bool'), text(')')),
      text('(thing == null)'),
      text('(thing.name != null)'),
    ),
    word: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('s', 'thing.name', "'a'", "'b'"),
      binary('word', '+'),
      join(text('('), tie('bool'), text(' ? '), tie('word'), text(' : '), tie('word'), text(')')),
      join(tie('words'), text('[0]')),
      join(tie('words'), text(".join('-')")),
    ),
    int: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('n', 'thing.count', '0', '1', 'counts[1]'),
      binary('int', '+'),
      binary('int', '/'),
      join(text('size('), tie('words'), text(')')),
      join(text('size('), tie('word'), text(')')),
    ),
    words: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('tags', 'thing.tags', 'thing.inner.tags', "['a', 'c']", '[]'),
      binary('words', '+'),
      join(text('['), tie('word'), text(', '), tie('word'), text(']')),
      join(tie('words'), text('.filter(s, '), tie('bool'), text(')')),
      join(tie('things'), text('.map(thing, '), tie('word'), text(')')),
      join(tie('words'), text('.map(s, '), tie('bool'), text(', '), tie('word'), text(')')),
      join(text('('), tie('bool'), text(' ? '), tie('words'), text(' : '), tie('words'), text(')')),
    ),
    things: fc.oneof(
      { maxDepth: 2 },
      text('things'),
      join(tie('things'), text('.filter(thing, '), tie('bool'), text(')')),
    ),
  };
});
