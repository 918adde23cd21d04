import { describe, expect, test } from '@jest/globals';
import { createEngine } from '../../../src/rule/cel/engine.ts';
import { CelError, MissingValue, PartialList, Unknown } from '../../../src/rule/cel/value.ts';

const types = {
  place: { region: 'string', countries: 'list<string>' },
  organisation: { key: 'string', owner: 'string', seat: 'place', contract: 'contract', since: 'day' },
  contract: { clauses: 'map<bool>', signed: 'day' },
};
const variables = {
  t: 'bool',
  f: 'bool',
  u: 'bool',
  v: 'bool',
  none: 'bool',
  place: 'place',
  nowhere: 'place',
  hidden: 'place',
  chain: 'list<organisation>',
  partial: 'list<string>',
  bare: 'list<string>',
  names: 'list<string>',
  population: 'int',
  anything: 'dyn',
};

const denied = new MissingValue('denied', 's3:GetBucketLocation');
const asked = new MissingValue('asked');
const scope = {
  t: true,
  f: false,
  u: denied,
  v: asked,
  none: null,
  place: { region: 'eu-west-99', countries: denied },
  nowhere: null,
  hidden: asked,
  chain: [
    {
      key: 'host',
      owner: null,
      seat: { region: 'x', countries: ['IE'] },
      contract: null,
      since: '2016-01-01',
    },
    {
      key: 'contractor',
      owner: asked,
      seat: asked,
      contract: {
        clauses: new Map<string, unknown>([
          ['audit', asked],
          ['security', true],
        ]),
        signed: '2017-05-04',
      },
      since: null,
    },
  ],
  partial: new PartialList(['FR'], new MissingValue('not_collected')),
  bare: new PartialList([], new MissingValue('not_collected')),
  names: ['a', 'b', 'c'],
  population: 12,
  anything: { a: { b: [1, 'x'] } },
};

const engine = createEngine({ types });

/** A value, `? fact, fact` for an unknown, `! message` for an error. */
function answer(source: string): unknown {
  const value = engine.compile(source, { variables }).evaluate(scope);
  if (value instanceof Unknown) return `? ${value.missing.map(({ fact }) => fact).join(', ')}`;
  if (value instanceof CelError) return `! ${value.message}`;
  if (value instanceof PartialList) return { items: value.items, missing: answerOf(value.missing) };
  return value;
}

function answerOf(missing: Unknown | MissingValue): string {
  return missing instanceof Unknown ? `? ${missing.missing.map(({ fact }) => fact).join(', ')}` : 'unnamed';
}

describe('logic', () => {
  test.each([
    ['f && u', false],
    ['u && f', false],
    ['t && u', '? u'],
    ['u && t', '? u'],
    ['t || u', true],
    ['u || t', true],
    ['f || u', '? u'],
    ['u || v', '? u, v'],
    ['u && u', '? u'],
    ['!u', '? u'],
    ['u ? t : t', true],
    ['u ? t : f', '? u'],
    ['u ? t : v', '? u, v'],
    ['u ? 1 : 1', 1n],
    ['t ? t : u', true],
    ['f && 1 / 0 == 1', false],
    ['1 / 0 == 1 && f', false],
    ['u && 1 / 0 == 1', '? u'],
    ['1 / 0 == 1 || u', '? u'],
    ['t && 1 / 0 == 1', '! division by zero'],
    ['none && t', '! expected true or false, got null'],
    ['none == true && t', false],
    ['none && f', false],
  ])('%s is %p', (source, expected) => expect(answer(source)).toEqual(expected));
});

describe('what a fact is called', () => {
  test.each([
    ["place.countries == ['FR']", '? place.countries'],
    ["'FR' in place.countries", '? place.countries'],
    ['size(place.countries) > 0', '? place.countries'],
    ['hidden.countries.all(c, true)', '? hidden.countries'],
    ['hidden.region == null', '? hidden.region'],
    ['hidden == null', '? hidden'],
    ['chain.exists(o, o.owner == "x")', '? chain[contractor].owner'],
    ['chain[1].owner == "x"', '? chain[contractor].owner'],
    ['chain.filter(o, o.key != "host").all(o, o.owner == "x")', '? chain[contractor].owner'],
    ['chain.filter(o, o.key != "host")[0].owner == "x"', '? chain[contractor].owner'],
    ['chain.exists(o, o.seat.countries.exists(c, c == "FR"))', '? chain[contractor].seat.countries'],
    ['chain[1].contract.clauses.audit', '? chain[contractor].contract.clauses.audit'],
    ['chain[1].contract.clauses["audit"]', '? chain[contractor].contract.clauses[audit]'],
    [
      'chain.exists(o, o.key == "contractor" && o.contract.clauses.audit)',
      '? chain[contractor].contract.clauses.audit',
    ],
    ['(t ? place : nowhere).countries.all(c, t)', '? t ? place : nowhere.countries'],
  ])('%s is %p', (source, expected) => expect(answer(source)).toEqual(expected));

  test('the reason and the permission go with it', () => {
    const value = engine.compile('place.countries.all(c, t)', { variables }).evaluate(scope);
    expect(value).toEqual(
      new Unknown([{ fact: 'place.countries', reason: 'denied', permission: 's3:GetBucketLocation' }]),
    );
  });
});

describe('lists known in part', () => {
  test.each([
    ["partial.exists(c, c == 'FR')", true],
    ["partial.exists(c, c == 'IE')", '? partial'],
    ["partial.all(c, c == 'FR')", '? partial'],
    ["partial.all(c, c == 'IE')", false],
    ["'FR' in partial", true],
    ["'IE' in partial", '? partial'],
    ["!('FR' in partial)", false],
    ['size(partial) == 1', '? partial'],
    ['partial == []', false],
    ["partial == ['FR']", '? partial'],
    ['bare == []', '? bare'],
    ['partial[0] == "FR"', '? partial'],
    ["partial.exists_one(c, c == 'FR')", '? partial'],
    ["partial.map(c, c + '!')", { items: ['FR!'], missing: '? partial' }],
    ['partial.filter(c, c in names)', { items: [], missing: '? partial' }],
    ["(partial + ['IE']).exists(c, c == 'IE')", true],
    ["partial.join(',')", '? partial'],
    ['has(place.countries)', '? place.countries'],
    ["names.filter(n, n == 'a' || u)", { items: ['a'], missing: '? u' }],
    ["names.filter(n, n == 'a' || u).exists(n, n == 'a')", true],
    ['names.exists_one(n, u)', '? u'],
    ["names.exists_one(n, n != 'a' || u)", false],
    ['[t, u].exists(x, x)', true],
    ['[t, u].all(x, x)', '? u'],
    ['names.exists(n, n == "b" || u)', true],
    ['names.all(n, n != "b" && u)', false],
  ])('%s is %p', (source, expected) => expect(answer(source)).toEqual(expected));
});

describe('absent facts', () => {
  test.each([
    ['nowhere.region', null],
    ['nowhere.countries', []],
    ['nowhere.countries.all(c, f)', true],
    ['chain[0].contract.clauses.exists(c, t)', false],
    ['chain[0].contract.signed == null', true],
    ['has(nowhere.region)', false],
    ['has(chain[0].owner)', false],
    ['has(chain[1].owner)', '? chain[contractor].owner'],
    ['has(hidden.region)', '? hidden.region'],
    ['has(chain[0].seat)', true],
    ['chain[0].owner == null', true],
    ['chain[0].contract.clauses.audit', '! no such key: audit'],
    ['has(chain[0].contract.clauses.audit)', false],
    ['chain[1].since < "2018-01-01"', '! cannot order null and a string'],
    ['anything.a.b[1]', 'x'],
    ['anything.a.c', '! no such key: c'],
    ['anything.constructor', '! no such key: constructor'],
    ['anything.__proto__', '! no such key: __proto__'],
    ['anything.a["hasOwnProperty"]', '! no such key: hasOwnProperty'],
    ['population + 1', 13n],
  ])('%s is %p', (source, expected) => expect(answer(source)).toEqual(expected));

  test('a declared fact that was not supplied is an error, not an absence', () => {
    const { evaluate } = engine.compile('place.region == null', { variables });
    expect(evaluate({ place: { countries: [] } })).toEqual(new CelError('place.region was not supplied', 0));
  });
});
