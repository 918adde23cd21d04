import { expect, test } from '@jest/globals';
import { createEngine } from '../../../src/rule/cel/engine.ts';
import { CelError, MissingValue } from '../../../src/rule/cel/value.ts';
import { say } from '../../../src/rule/say.ts';

const engine = createEngine({ types: {} });
const some = (count: number): string => `[${Array.from({ length: count }, (_, at) => at).join(', ')}]`;
const grown = (start: string, times: number): string => `[${start}]${'.map(a, a + a)'.repeat(times)}`;
const nested = (times: number): string => `[["x"]]${'.map(a, [a, a])'.repeat(times)}`;
/** A million times the same text. */
const long = grown('[same + "b"]', 20);
const text = `"${'x'.repeat(32)}"`;

/** What a pack from outside could ask for; each took seconds, or ended the whole run, without its limit. */
test.each([
  ['a text that doubles', `${grown(text, 28)}.all(a, size(a) > 0)`, /text of more than 200000 characters/],
  [
    'a text read again and again',
    `${grown(text, 12)}.all(a, ${some(300)}.all(b, size(a) > b))`,
    /cost limit/,
  ],
  [
    'a text changed again and again',
    `${grown(text, 12)}.all(a, ${some(300)}.all(b, a.lowerAscii() != ""))`,
    /cost limit/,
  ],
  ['texts put in order', `${grown(text, 12)}.all(a, ${some(300)}.all(b, a <= a))`, /cost limit/],
  ['texts compared', `${grown(text, 12)}.all(a, ${some(300)}.all(b, a == a))`, /cost limit/],
  [
    'a join that grows',
    `${grown(`[${text}]`, 14)}.all(a, a.join("") != "")`,
    /text of more than 200000 characters/,
  ],
  ['a list that doubles', `${grown('[1, 2]', 20)}.all(a, size(a) > 0)`, /list of more than 2000000 members/],
  ['lists in lists, compared', `${nested(40)} == ${nested(40)}`, /cost limit/],
  ['lists in lists, looked for', `${nested(40)}[0] in ${nested(40)}`, /cost limit/],
  [
    'patterns made as they are used',
    `${some(400)}.all(b, !"aaa".matches("(a{0,30}){0,30}b" + string(b)))`,
    /cost limit/,
  ],
  [
    'a pattern over a long text',
    `${grown(text, 12)}.all(a, a.matches("(${'x?'.repeat(400)}){9}y"))`,
    /cost limit/,
  ],
  [
    'a pattern that repeats too much',
    `["(${'ab'.repeat(200)}){0,999}"].all(p, "a".matches(p))`,
    /repeats too much/,
  ],
  [
    'texts alike, looked for in a long list',
    `[${long}[0]].exists(l, ["a" + same].exists(t, t in l))`,
    /cost limit/,
  ],
  [
    'a long list of its own, gone over',
    `${long}[0].all(a, ${some(90)}.all(b, b + b + b + b >= 0))`,
    /cost limit/,
  ],
  ['work behind what would decide', `[${long}[0]].all(l, l.all(a, a != "")) || true`, /cost limit/],
  ['a hole beside lists in lists', `[1] in [${nested(40)}[0], holes]`, /cost limit/],
  ['a member of a member of what is missing', `dyn(holes)[0]${'.a[0]'.repeat(28)} == 1`, /cost limit/],
  [
    'lists of lists that fill the memory',
    `[${grown('[1, 2]', 18)}[0]].all(l, ${some(400)}.map(b, l + l) != [])`,
    /cost limit/,
  ],
  ['a number in a long text', `${grown('"1111"', 10)}.all(a, int(a) == 1)`, /^not an int: 1{60}…$/],
])('%s ends in an error of the condition', (_, source, message) => {
  const variables = { same: 'string', holes: 'list<int>' };
  const scope = { same: 'a'.repeat(100_000), holes: [new MissingValue('denied')] };
  const value = engine.compile(source, { variables, expect: 'bool' }).evaluate(scope);
  expect(value).toBeInstanceOf(CelError);
  expect((value as CelError).message).toMatch(message);
});

test('to go through the list of an estate once is not too much, nor three times', () => {
  const estate = Array.from({ length: 100_000 }, (_, at) => at);
  const each = 'estate.filter(a, a % 2 == 0).map(a, a + 1).all(a, a >= 0 && a < 1000000 && a != -1)';
  expect(engine.compile(each, { variables: { estate: 'list<int>' } }).evaluate({ estate })).toBe(true);
});

test('an evaluation that spent everything takes nothing from the next', () => {
  const endless = engine.compile(`[${long}[0]].all(l, l.all(a, a != ""))`, {
    variables: { same: 'string' },
  });
  const small = engine.compile('[1, 2].all(a, a > 0)', { variables: {} });
  expect(endless.evaluate({ same: '' })).toBeInstanceOf(CelError);
  expect(small.evaluate({})).toBe(true);
});

test('a message says lists in lists once each, and no more than can be read', () => {
  const template = engine.compileTemplate(
    `{${nested(60)}} {${some(400)}.map(a, "${'x'.repeat(200)}" + string(a))}`,
    {
      variables: {},
    },
  );
  const said = say(template, {}, 'en');
  expect(said.startsWith('x xxx')).toBe(true);
  expect(said.length).toBeLessThan(20_010);
  expect(said.endsWith('…')).toBe(true);
});
