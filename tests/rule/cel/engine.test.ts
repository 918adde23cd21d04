import { describe, expect, test } from '@jest/globals';
import { createEngine, type Model } from '../../../src/rule/cel/engine.ts';
import { CelProblems } from '../../../src/rule/cel/problem.ts';
import type { Setting } from '../../../src/rule/cel/program.ts';
import {
  CelError,
  isRecord,
  MissingValue,
  PartialList,
  toUnknown,
  Unknown,
} from '../../../src/rule/cel/value.ts';

const model: Model = {
  types: {
    place: { region: 'string', countries: 'list<string>', label: 'text', since: 'day', size: 'int' },
    organisation: { key: 'string', owner: 'string', place: 'place' },
  },
  functions: [
    { name: 'in_eea', params: ['string', 'day'], result: 'bool', call: ([country]) => country === 'FR' },
    { name: 'duration', params: ['string'], result: 'double', call: ([iso]) => (iso === 'P1Y' ? 365 : 0) },
    {
      name: 'kind',
      params: ['organisation?'],
      result: 'string',
      call: ([one]) => (one === null ? 'none' : 'some'),
    },
    {
      name: 'owned',
      params: ['organisation'],
      result: 'bool',
      call: ([one], path) => {
        const owner = isRecord(one) ? one['owner'] : null;
        return owner instanceof MissingValue ? toUnknown(owner, `${path(0)}.owner`) : owner !== null;
      },
    },
    {
      name: 'laws',
      params: ['string'],
      result: 'list<string>',
      call: () => new PartialList(['x'], new MissingValue('error')),
    },
    {
      name: 'broken',
      params: [],
      result: 'bool',
      call: () => {
        throw new Error('bug');
      },
    },
  ],
};
const setting: Setting = {
  variables: {
    place: 'place',
    chain: 'list<organisation>',
    operator: 'organisation',
    as_of: 'day',
    names: 'list<string>',
    any: 'dyn',
  },
};
const engine = createEngine(model);

function problemsOf(source: string, expected?: string): readonly string[] {
  try {
    engine.compile(source, expected === undefined ? setting : { ...setting, expect: expected });
    return [];
  } catch (error) {
    if (!(error instanceof CelProblems)) throw error;
    return error.problems.map(
      ({ line, column, message, hint }) => `${line}:${column} ${message}${hint ? ` | ${hint}` : ''}`,
    );
  }
}

describe('the static check', () => {
  test.each([
    ['plaec.region', ['1:1 no variable is named plaec | did you mean `place`?']],
    ['place.contries', ['1:7 place has no field contries | did you mean `countries`?']],
    ['place.region.name', ['1:14 string has no fields']],
    ['chain.exists(o, o.ownr == null)', ['1:19 organisation has no field ownr | did you mean `owner`?']],
    ['chain.map(o, o.place.regoin)', ['1:22 place has no field regoin | did you mean `region`?']],
    ['place.region && true', ['1:1 expected a bool, got string']],
    ['place.region == 1', ['1:1 == does not apply to string and int']],
    [
      'place == operator.place',
      [
        '1:1 == does not apply to place and place | a record or a text compares only with null: compare a key or an id',
      ],
    ],
    [
      "place.label == 'x'",
      [
        '1:1 == does not apply to text and string | a record or a text compares only with null: compare a key or an id',
      ],
    ],
    ['place.size < place.region', ['1:1 < does not apply to int and string']],
    ['place.size + 1.5', ['1:1 + does not apply to int and double | convert with int(…) or double(…)']],
    ['1 in place.countries', ['1:1 in does not apply to int and list<string>']],
    ['in_eaa(place.region, as_of)', ['1:1 no function is named in_eaa | did you mean `in_eea`?']],
    ['in_eea(place, as_of)', ['1:1 in_eea does not take (place, day) | it takes (string, day)']],
    ['in_eea(place.region)', ['1:1 in_eea does not take (string) | it takes (string, day)']],
    [
      'names.exist(n, true)',
      [
        '1:1 no function is named exist | did you mean `exists`?',
        '1:13 no variable is named n | there are: any, as_of, chain, names, operator, place',
      ],
    ],
    ['place.region.all(c, true)', ['1:1 all goes over a list, not string']],
    ['names.all(n, n)', ['1:14 expected a bool, got string']],
    ['has(place)', ['1:5 has() expects a field, as in has(place.region)']],
    [
      "names.exists(n, n.matches('(a'))",
      ['1:27 not a regular expression: error parsing regexp: missing closing ): `(a`'],
    ],
    [
      "b'x' == b'x'",
      [
        '1:1 bytes and unsigned integers are outside the supported subset of CEL',
        '1:9 bytes and unsigned integers are outside the supported subset of CEL',
      ],
    ],
    ['9223372036854775808 > 0', ['1:1 this integer does not fit in 64 bits']],
    ['true == 1 < 2', ['1:1 == and < follow each other | put parentheses around one of them']],
    ['true == (1) < (2)', ['1:1 == and < follow each other | put parentheses around one of them']],
    ['true == (1 < 2)', []],
    ["('(' == ')') == ((1) < (2)) // )", []],
    [
      'place.region ==\n  null &&\n  plac.region == null',
      ['3:3 no variable is named plac | did you mean `place`?'],
    ],
    [
      'plac.region == opertor.key',
      [
        '1:1 no variable is named plac | did you mean `place`?',
        '1:16 no variable is named opertor | did you mean `operator`?',
      ],
    ],
    ['place.countries.all(c, c in', ['1:28 Unexpected token: EOF']],
    ['place.region == null && as_of == null && place.label == null && operator == null', []],
    ['as_of < "2018-01-01" && place.since >= as_of', []],
    ['any.anything[0].at.all > 3 || any', []],
  ])('of %s finds %j', (source, expected) => expect(problemsOf(source)).toEqual(expected));

  test('a condition that gives no bool is refused', () => {
    expect(problemsOf('place.region', 'bool')).toEqual(['1:1 expected a result of type bool, got string']);
    expect(engine.compile('any', { ...setting, expect: 'bool' }).evaluate({ any: 'x' })).toEqual(
      new CelError('expected true or false, got a string'),
    );
  });

  test('a program says which facts it reads', () => {
    const source =
      "chain.exists(o, o.place.countries.all(c, c in names)) && has(operator.owner) && kind(operator) == 'x' && chain[0].key != ''";
    expect(engine.compile(source, setting).facts).toEqual([
      'chain',
      'chain[].key',
      'chain[].place.countries',
      'chain[].place.countries[]',
      'names',
      'operator',
      'operator.owner',
    ]);
  });
});

describe('functions', () => {
  const scope = {
    operator: { key: 'host', owner: new MissingValue('asked'), place: null },
    chain: [],
    place: { region: new MissingValue('denied'), countries: ['FR'], label: null, since: null, size: 1 },
    as_of: '2018-10-01',
    names: ['a', new MissingValue('denied')],
    any: null,
  };
  const run = (source: string): unknown => engine.compile(source, setting).evaluate(scope);

  test.each([
    ['in_eea("FR", as_of)', true],
    ["duration('P1Y') > 300.0", true],
    ['kind(operator)', 'some'],
    ['kind(null)', 'none'],
    ["'abc'.matches('b')", true],
    ["matches('abc', '^b')", false],
    ["'Été'.lowerAscii() + ' x '.trim()", 'Étéx'],
    ["['a', 'b'].join('-')", 'a-b'],
    ["size('é🐑')", 2n],
    ["int('12') + int(2.9)", 14n],
  ])('%s is %p', (source, expected) => expect(run(source)).toEqual(expected));

  test.each([
    ['in_eea(place.region, as_of)', 'place.region'],
    ['owned(operator)', 'operator.owner'],
    ['laws("x").all(l, l == "x")', 'laws("x")'],
    ["names.join(',') == 'a'", 'names[1]'],
    ["'z' in names", 'names[1]'],
    ["names == ['a', 'b']", 'names[1]'],
    ["place.region.matches('x')", 'place.region'],
  ])('%s is unknown for want of %s', (source, fact) => {
    const value = run(source);
    expect(value instanceof Unknown ? value.missing.map(({ fact }) => fact) : value).toEqual([fact]);
  });

  test.each([
    ['in_eea(null, as_of)', 'in_eea does not take (null, a string)'],
    ['broken()', 'broken failed: bug'],
    ['names[0].matches(any)', 'matches does not take (a string, null)'],
    ["'a'.matches(names[0] + '(')", 'not a regular expression'],
    ['9223372036854775807 + 1', 'the result does not fit in 64 bits'],
    ['size(any)', 'size does not take (null)'],
  ])('%s is the error %s', (source, message) => {
    const value = run(source);
    expect(value instanceof CelError ? value.message : value).toContain(message);
  });
});

describe('limits', () => {
  const long = { names: Array.from({ length: 2000 }, (_, index) => `n${index}`) };

  test('a source that is too long, deep or wide is refused', () => {
    expect(problemsOf(`'${'x'.repeat(5000)}' == ''`)[0]).toContain(
      '5002 characters, the limit is 4096'.slice(5),
    );
    expect(problemsOf(`${'('.repeat(100)}true${')'.repeat(100)}`)[0]).toContain(
      'the expression exceeds maxDepth',
    );
    expect(problemsOf(`[${'1,'.repeat(600)}1] == []`)[0]).toContain('the expression exceeds maxListElements');
    expect(problemsOf(`${'!'.repeat(4000)}true`)[0]).toContain('the expression exceeds maxAstNodes');
  });

  test('comprehensions nest three deep and no further', () => {
    const nest = (depth: number): string => (depth === 0 ? 'true' : `names.all(n, ${nest(depth - 1)})`);
    expect(problemsOf(nest(3))).toEqual([]);
    expect(problemsOf(nest(4))[0]).toContain('more than 3 comprehensions inside each other');
  });

  test('too much work ends in an error', () => {
    const { evaluate } = engine.compile('names.all(a, names.all(b, names.all(c, a + b != c)))', setting);
    expect(evaluate(long)).toMatchObject({ kind: 'error', message: expect.stringContaining('cost limit') });
    expect(engine.compile("names.all(a, a != '')", setting).evaluate(long)).toBe(true);
  });

  test('a list as long as an estate is gone through once, and its members’ own lists with it', () => {
    const places = Array.from({ length: 100_000 }, () => ({ countries: ['FR', 'GP'] }));
    const { evaluate } = engine.compile("places.all(p, p.countries.all(c, c in ['FR', 'GP']))", {
      variables: { places: 'list<place>' },
      expect: 'bool',
    });
    expect(evaluate({ places })).toBe(true);
  });

  test('a pattern made to backtrack is matched in linear time', () => {
    const { evaluate } = engine.compile("names[0].matches('(a+)+$')", setting);
    expect(evaluate({ names: [`${'a'.repeat(20_000)}b`] })).toBe(false);
  });

  test('list growth is bounded', () => {
    const { evaluate } = createEngine({ ...model, limits: { list: 10_000 } }).compile(
      '(names + names + names + names + names + names).exists(n, false)',
      setting,
    );
    expect(evaluate(long)).toMatchObject({ kind: 'error', message: 'a list of more than 10000 members' });
  });
});

describe('the model', () => {
  test('an unknown type or a field of Object is a defect told at once', () => {
    expect(() => createEngine({ types: {} }).compile('x', { variables: { x: 'list<nothing>' } })).toThrow(
      'no type is named nothing',
    );
    const odd = createEngine({ types: { a: { constructor: 'string' } } });
    expect(() => odd.compile('x.constructor', { variables: { x: 'a' } })).toThrow(
      'a field cannot be named constructor',
    );
  });
});
