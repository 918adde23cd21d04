import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { hostile, hostileResult } from '../../fixtures/report/hostile.ts';
import { result2018 } from '../../fixtures/report/result-2018.ts';
import { languages, readRepository, render } from '../rendering.ts';

interface Assessment {
  readonly 'assessment-results': {
    readonly results: readonly [
      {
        readonly observations?: readonly { readonly uuid: string; readonly types?: readonly string[] }[];
        readonly findings?: readonly {
          readonly target: {
            readonly status: { readonly state: string; readonly reason: string; readonly remarks?: string };
          };
          readonly 'related-observations': readonly { readonly 'observation-uuid': string }[];
        }[];
      },
    ];
  };
}

const schema = JSON.parse(
  readRepository('tests/fixtures/report/schema/oscal-assessment-results-1.0.4.schema.json'),
) as object;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: true });
formats.default(ajv);
const validate = ajv.compile(schema);

test('the schema refuses what is not OSCAL', () => {
  expect(validate({})).toBe(false);
  expect(validate({ 'assessment-results': { uuid: 'x' } })).toBe(false);
});

async function assess(result: Parameters<typeof render>[1]): Promise<Assessment> {
  const value = JSON.parse(await render('oscal', result)) as Assessment;
  validate(value);
  expect(validate.errors?.slice(0, 3) ?? []).toEqual([]);
  return value;
}

test.each(languages)('the assessment results in %s are what NIST’s schema asks for', async (language) => {
  const [result] = (await assess(result2018(language)))['assessment-results'].results;
  const ids = result.observations?.map(({ uuid }) => uuid) ?? [];
  expect(new Set(ids).size).toBe(ids.length);
  for (const finding of result.findings ?? [])
    expect(ids).toContain(finding['related-observations'][0]?.['observation-uuid']);
});

test('what is not known is an observation and no finding: neither satisfied nor not', async () => {
  const from = result2018('en');
  const [result] = (await assess(from))['assessment-results'].results;
  const questions = from.unknowns.flatMap(({ rules }) => rules).length;
  expect(result.observations?.filter(({ types }) => types?.includes('not-known'))).toHaveLength(questions);
  expect(result.findings).toHaveLength(from.findings.filter(({ outcome }) => outcome === 'fail').length);
  expect(result.findings?.every(({ target }) => target.status.state === 'not-satisfied')).toBe(true);
});

test('an accepted failure stays not satisfied, and says who accepted it', async () => {
  const [result] = (await assess(result2018('en')))['assessment-results'].results;
  expect(
    result.findings
      ?.filter(({ target }) => target.status.reason === 'other')
      .map(({ target }) => target.status.remarks),
  ).toEqual([expect.stringContaining('data protection officer')]);
});

test('a result in which nothing was found is one too', async () => {
  await assess({ ...result2018('en'), findings: [], unknowns: [] });
});

describe.each(Object.keys(hostile) as (keyof typeof hostile)[])('where names are %s', (name) => {
  test('it is still what the schema asks for', async () => {
    await assess(hostileResult(hostile[name]));
  });
});
