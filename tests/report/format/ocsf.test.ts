import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { hostile, hostileResult } from '../../fixtures/report/hostile.ts';
import { result2018 } from '../../fixtures/report/result-2018.ts';
import { languages, readRepository, render } from '../rendering.ts';

interface Event {
  readonly message: string;
  readonly status: string;
  readonly comment?: string;
  readonly type_uid: number;
  readonly class_uid: number;
  readonly activity_id: number;
  readonly finding_info: { readonly uid: string };
  readonly compliance: { readonly status_id: number; readonly status: string };
}

const schema = JSON.parse(
  readRepository('tests/fixtures/report/schema/ocsf-compliance-finding-1.8.0.schema.json'),
) as object;
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

async function events(result: Parameters<typeof render>[1]): Promise<readonly Event[]> {
  const all = JSON.parse(await render('ocsf', result)) as readonly Event[];
  for (const event of all) {
    validate(event);
    expect(validate.errors?.slice(0, 3) ?? []).toEqual([]);
  }
  return all;
}

test('the schema refuses what is no compliance finding', () => {
  expect(validate({})).toBe(false);
  expect(validate({ class_uid: 2003, nothing: true })).toBe(false);
});

test.each(languages)(
  'every event in %s is what the class asks for, its type made of class and activity',
  async (language) => {
    const all = await events(result2018(language));
    expect(all.length).toBeGreaterThan(0);
    for (const { type_uid, class_uid, activity_id } of all)
      expect(type_uid).toBe(class_uid * 100 + activity_id);
    const ids = all.map(({ finding_info }) => finding_info.uid);
    expect(new Set(ids).size).toBe(ids.length);
  },
);

test('what is not known is a warning, what fails a failure, and nothing passes that was not listed as passing', async () => {
  const from = result2018('en');
  const all = await events(from);
  const count = (status: number): number =>
    all.filter(({ compliance }) => compliance.status_id === status).length;
  expect(count(2)).toBe(from.unknowns.flatMap(({ rules }) => rules).length);
  expect(count(3)).toBe(from.findings.filter(({ outcome }) => outcome === 'fail').length);
  expect(count(1)).toBe(0);
  expect(count(99)).toBe(from.findings.filter(({ outcome }) => outcome === 'error').length);
});

test('an accepted failure still fails, and is suppressed with its reason', async () => {
  const all = await events(result2018('en'));
  const accepted = all.filter(({ status }) => status === 'Suppressed');
  expect(accepted.length).toBeGreaterThan(0);
  for (const { comment, compliance } of accepted) {
    expect(compliance.status).toBe('Fail');
    expect(comment).toContain('data protection officer');
  }
});

test('a result in which nothing was found is an empty list', async () => {
  expect(await events({ ...result2018('en'), findings: [], unknowns: [] })).toEqual([]);
});

describe.each(Object.keys(hostile) as (keyof typeof hostile)[])('where names are %s', (name) => {
  test('it is still what the class asks for', async () => {
    await events(hostileResult(hostile[name]));
  });
});
