import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { reporters } from '../../../src/report/registry.ts';
import type { Result } from '../../../src/result/result.ts';
import { context2018, hostileTold, toldResult } from '../../fixtures/report/context-2018.ts';
import { declared2018 } from '../../fixtures/report/declared-2018.ts';
import { hostile } from '../../fixtures/report/hostile.ts';
import { languages, readRepository, render } from '../rendering.ts';

interface Assessment {
  readonly pia: { readonly name: string; readonly status: number };
  readonly answers: readonly {
    readonly reference_to: number;
    readonly data: { readonly text: string; readonly gauge: null; readonly list: readonly [] };
  }[];
  readonly measures: readonly { readonly title: string; readonly content: string }[];
  readonly evaluations: readonly [];
  readonly comments: readonly { readonly reference_to: number; readonly description: string }[];
}

const validate = new Ajv({ allErrors: true, strict: false }).compile(
  JSON.parse(readRepository('tests/fixtures/report/schema/cnil-pia.schema.json')) as object,
);

async function assess(result: Result, part?: string): Promise<Assessment> {
  const value = JSON.parse(await render('pia', result, part === undefined ? {} : { part })) as Assessment;
  validate(value);
  expect(validate.errors?.slice(0, 3) ?? []).toEqual([]);
  return value;
}

function told(language: 'fr' | 'en'): Result {
  return { ...toldResult(language), context: { ...context2018, ...declared2018 } };
}

const answer = ({ answers }: Assessment, question: number): string =>
  answers.find(({ reference_to }) => reference_to === question)?.data.text ?? '';

test('the schema refuses what the software could not read', () => {
  expect(validate({ pia: {} })).toBe(false);
});

describe.each(languages)('the assessment in %s', (language) => {
  test('has no gauge, no evaluation, no opinion and no answer on risks', async () => {
    const { pia, answers, evaluations } = await assess(told(language));
    expect(pia).toMatchObject({ status: 0, dpo_opinion: '', concerned_people_opinion: '' });
    expect(evaluations).toEqual([]);
    expect(answers.filter(({ reference_to, data }) => reference_to >= 300 || data.gauge !== null)).toEqual(
      [],
    );
    expect(answers.map(({ reference_to }) => reference_to)).toEqual([
      111, 112, 113, 121, 122, 123, 211, 212, 213, 214, 215, 221, 222, 223, 224, 225, 226, 227,
    ]);
  });

  test('answers with what is declared, and marks what is not', async () => {
    const assessment = await assess(told(language));
    const silent = language === 'fr' ? 'à compléter' : 'to complete';
    expect(answer(assessment, 212)).toMatch(/6\(1\)\(e\)/);
    expect(answer(assessment, 215)).toMatch(language === 'fr' ? /1.an et 6.mois/ : /1.year and 6.months/);
    expect(answer(assessment, 113)).toContain(language === 'fr' ? 'demandé' : 'asked');
    expect(answer(assessment, 221)).toContain(language === 'fr' ? 'non ou aucun' : 'no or none');
    expect(answer(assessment, 222)).toContain(silent);
    expect(answer(assessment, 226)).toMatch(/Open Assessment/);
    expect(answer(assessment, 227)).toMatch(language === 'fr' ? /États-Unis/ : /United States/);
  });

  test('puts each failing finding beside its question, and none that passes', async () => {
    const result = told(language);
    const { comments } = await assess(result);
    const rules = new Set(
      result.findings.filter(({ outcome }) => outcome === 'fail').map(({ rule }) => rule),
    );
    for (const rule of rules)
      expect(comments.some(({ description }) => description.includes(rule))).toBe(true);
  });
});

test('there is one assessment an activity, with the findings that bear on it', async () => {
  const base = told('en');
  const other = { id: 'canteen', title: { en: 'Canteen' }, controller: 'men', datasets: ['identities'] };
  const result = {
    ...base,
    context: { ...context2018, ...declared2018, activities: [...context2018.activities, other] },
  };
  expect(reporters['pia']?.parts?.(result)).toEqual(['1', '2']);
  const [first, second] = [await assess(result, '1'), await assess(result, '2')];
  expect([first.pia.name, second.pia.name]).toEqual(['National assessments', 'Canteen']);
  expect(second.comments.length).toBeLessThan(first.comments.length);
});

test.each(Object.keys(hostile) as (keyof typeof hostile)[])(
  'an answer holds no markup of others where names are %s',
  async (name) => {
    const { answers, measures } = await assess(hostileTold(hostile[name]));
    for (const text of [...answers.map(({ data }) => data.text), ...measures.map(({ content }) => content)])
      expect(text.replaceAll(/<\/?p>/g, '')).not.toContain('<');
  },
);
