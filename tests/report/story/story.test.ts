import { describe, expect, test } from '@jest/globals';
import type { ChainLink } from '../../../src/report/story/chain.ts';
import { tellStory } from '../../../src/report/story/story.ts';
import type { Result } from '../../../src/result/result.ts';
import { largeResult, toldResult } from '../../fixtures/report/context-2018.ts';
import { result2018 } from '../../fixtures/report/result-2018.ts';
import { languages, messagesOf, messageTable } from '../rendering.ts';

const limits = { occurrences: 20, rows: 100 };
const tell = (result: Result, language = result.run.language) =>
  tellStory(result, language, messagesOf(language), limits);

/** Every string of a story. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

test('kinds of duty stand apart: law, doctrine, contract, demand', () => {
  const { duties } = tell(toldResult('fr'));
  expect(duties.map(({ basis, count }) => [basis, count])).toEqual([
    ['law', 2],
    ['doctrine', 1],
    ['demand', 3],
  ]);
  expect(duties.flatMap(({ basis, rules }) => rules.filter((rule) => rule.basis !== basis))).toEqual([]);
});

test('the matrix adds up to the findings, and says what is waived', () => {
  const { matrix } = tell(toldResult('fr'));
  expect(matrix.rows.map(({ severity, counts }) => [severity, ...counts])).toEqual([
    ['critical', 1, 0, 0, 0],
    ['high', 0, 1, 0, 3],
    ['medium', 1, 0, 0, 0],
  ]);
  expect(matrix.total.counts).toEqual([2, 1, 0, 3]);
  expect(matrix.waived).toContain('1');
});

test('a rule that broke is neither a pass nor a finding', () => {
  const { duties, errors } = tell(toldResult('en'));
  expect(errors.map(({ rule }) => rule)).toEqual(['SEC-05']);
  expect(duties.flatMap(({ rules }) => rules.map(({ rule }) => rule))).not.toContain('SEC-05');
});

test('a place whose country is not known is told first and is on no map', () => {
  const { places, answer } = tell(toldResult('en'));
  expect(places.rows[0]).toMatchObject({
    number: null,
    label: 'place not known and perhaps other countries',
    zone: 'cannot be said',
  });
  expect(places.unlocated).toBe(1);
  expect(answer).toContain('One place is not known.');
});

test('a place outside the Union names the decision of the day, and the answer says what a transfer needs', () => {
  const { places, answer } = tell(toldResult('en'));
  expect(places.rows.find(({ label }) => label === 'Oregon (United States)')?.zone).toBe(
    'third country, adequacy on a condition: (EU) 2016/1250',
  );
  expect(answer.find((line) => line.startsWith('Outside the European'))).toContain('Chapter V');
});

test('a gate that is off is not told as one that is met', () => {
  const result = toldResult('en');
  const gate = { verdict: 'pass', exit_code: 0, reason: 'off', fail_on: 'never' } as const;
  const { verdict } = tell({ ...result, summary: { ...result.summary, gate } });
  expect(verdict).toEqual({ kind: 'off', label: 'No threshold was asked for', reason: 'off' });
});

test('exposure through an owner is told apart from a transfer', () => {
  const { answer } = tell(toldResult('en'));
  expect(answer).toContain(
    'Through their owners, laws from outside the Union reach: Amazon Web Services. That is exposure; it is not, by itself, a transfer.',
  );
  expect(answer).toContain('It is not known who owns: Open Assessment Technologies SA.');
});

test('the chain goes from the controller to the last sub-processor, and what nobody declared stands apart', () => {
  const { links } = tell(toldResult('fr')).chain;
  const names = (list: readonly ChainLink[]): unknown => list.map(({ id, engaged }) => [id, names(engaged)]);
  expect(names(links)).toEqual([
    ['men', [['contractor', [['aws', []]]]]],
    ['gcp', []],
  ]);
  expect(links[1]?.warning).toContain('Aucun manifeste');
});

test('claims about one thing stand side by side with what is declared and measured', () => {
  const [first, second] = tell(toldResult('en')).claims.groups;
  expect(first?.about).toBe('Answers and scores');
  expect(first?.claims.map(({ by, says }) => [by, says[0]?.text, says[0]?.stands])).toEqual([
    ['Ministère de l’Éducation nationale', 'The data is anonymised.', 'differs'],
    ['SUD éducation', 'The data contains: Address of the school.', 'open'],
  ]);
  expect(first?.claims[0]?.says[0]?.facts).toEqual([
    'Declared: data pseudonymised',
    'Measured: smallest group, k = 1',
  ]);
  expect(second?.claims[0]?.when).toBe('undated');
});

test('questions are gathered by who can answer, each with its rules', () => {
  const { answerers } = tell(toldResult('en')).unknowns;
  expect(answerers.map(({ who, count }) => [who, count])).toEqual(
    expect.arrayContaining([
      ['Whoever signed the contract', 1],
      ['The team that grants the audit its reading rights', 1],
    ]),
  );
  expect(
    answerers
      .flatMap(({ questions }) => questions.flatMap(({ rules }) => rules))
      .find(({ id }) => id === 'DPA-01')?.title,
  ).toBe('The contract has the eight clauses');
});

test('marks of texts that nobody verified are counted and said', () => {
  const { texts, unverified } = tell(toldResult('en')).method;
  expect(unverified).toBe(texts.filter(({ mark }) => mark !== 'verified').length);
  expect(unverified).toBeGreaterThan(0);
});

test('an address that is no page is no link', () => {
  const result = toldResult('en');
  const findings = result.findings.map((finding) => ({
    ...finding,
    law: finding.law.map((one) => ({ ...one, url: 'javascript:alert(1)' })),
  }));
  const story = tell({ ...result, findings });
  expect(
    story.duties
      .flatMap(({ rules }) => rules.flatMap(({ law }) => law.map(({ url }) => url)))
      .every((url) => url === null),
  ).toBe(true);
});

describe('a result of an older version, which has no context', () => {
  const { context: _, ...old } = result2018('fr');
  test('is told all the same, and says what is missing', () => {
    const story = tell(old);
    expect(
      story.places.available || story.flows.available || story.chain.available || story.claims.available,
    ).toBe(false);
    expect(story.duties.length).toBeGreaterThan(0);
    expect(story.title).toContain('complet');
  });
});

test('what a limit leaves out is counted and said', () => {
  const story = tell(largeResult(2_000));
  const shown = story.duties
    .flatMap(({ rules }) => rules)
    .map(({ count, statements, left }) => [
      count,
      statements.flatMap(({ occurrences }) => occurrences).length,
      left !== null,
    ]);
  expect(shown.every(([count, listed, said]) => (said ? listed === 20 : listed === count))).toBe(true);
  expect(story.shownNote).toMatch(/of 1,7\d\d findings are shown/);
  expect(story.unknowns.answerers.some(({ left }) => left !== null)).toBe(true);
  expect(story.accounting.gapsLeft).toContain('1,900');
});

test.each(languages)('no text of the story in %s is a key that the messages lack', (language) => {
  const keys = new Set(Object.keys(messageTable(language)));
  const missing = strings(tell(toldResult(language))).filter(
    (text) =>
      /^(story|kind|html|count|label|report|accounting|basis|mark|reason|subject|severity)\.[\w.]+$/.test(
        text,
      ) && !keys.has(text),
  );
  expect(missing).toEqual([]);
});

test('French sentences of the story have their spaces', () => {
  const said = strings(tell(toldResult('fr'))).filter((text) => /[^\s\u00a0:][ ][:;!?»](\s|$)|« /.test(text));
  expect(said).toEqual([]);
});
