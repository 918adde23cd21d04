import { describe, expect, test } from '@jest/globals';
import { configSchema } from '../../src/config/schema.ts';
import { fieldAt, fieldPaths } from '../../src/manifest/field.ts';
import { manifestSchema } from '../../src/manifest/schema/manifest.ts';
import { tableOf } from '../messages/tables.ts';

describe('a field is found as an author writes it', () => {
  test.each([
    ['assets.encryption.key_manager', 'assets.encryption.key_manager'],
    ['assets.reperes.encryption.key_manager', 'assets.encryption.key_manager'],
    ['flows[0].to', 'flows.to'],
    ['flows[].to', 'flows.to'],
    ['organisations.men.contract.clauses.audit', 'organisations.contract.clauses.audit'],
    [
      'organisations.aws.offers.public-cloud.qualifications[0].scheme',
      'organisations.offers.qualifications.scheme',
    ],
    ['assets.s.place.countries', 'assets.place.countries'],
    ['datasets.results', 'datasets'],
    ['title', 'title'],
    ['', ''],
  ])('%s', (written, path) => {
    expect(fieldAt(written)?.path).toBe(path);
  });

  test.each(['nope', 'assets.reperes.nope', 'assets.a.b.c', 'id.x', 'assets.kind.server'])(
    '%s is none',
    (path) => {
      expect(fieldAt(path)).toBeNull();
    },
  );
});

test('a field says what it means, what it takes and which words', () => {
  expect(fieldAt('assets.encryption.key_manager')).toMatchObject({
    meaning: 'Who holds the keys.',
    isRequired: false,
    expected: expect.stringContaining('provider'),
    words: expect.arrayContaining([{ word: 'provider', meaning: 'The provider, by itself.' }]),
  });
  expect(fieldAt('assets.kind')?.isRequired).toBe(true);
  expect(fieldAt('assets')?.fields.map(({ name }) => name)).toContain('encryption');
});

test('every path that is suggested is a field', () => {
  const paths = fieldPaths();
  expect(paths.length).toBeGreaterThan(150);
  expect(paths.filter((path) => fieldAt(path)?.path !== path)).toEqual([]);
});

test('every description of the schemas has its French, and no French describes what is gone', () => {
  const table = tableOf('manifest/fr.json');
  const said = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { description } = node as { readonly description?: unknown };
    if (typeof description === 'string') said.add(description.replace(/\s*\bDPV:.*$/, ''));
    Object.values(node).forEach(visit);
  };
  [manifestSchema, configSchema].forEach(visit);
  expect([...said].filter((text) => text !== '' && !Object.hasOwn(table, text))).toEqual([]);
  expect(Object.keys(table).filter((text) => !said.has(text))).toEqual([]);
});
