import { expect, test } from '@jest/globals';
import type { InputAccount } from '../../src/inventory/account.ts';
import { accountLines, assetsLine } from '../../src/report/account.ts';
import { createMessages } from '../../src/report/message.ts';
import { readRepository } from './rendering.ts';

const say = (language: 'fr' | 'en') =>
  createMessages(
    language,
    JSON.parse(readRepository(`messages/${language}.json`)) as { readonly [key: string]: string },
  );

const plan: InputAccount = {
  source: 'terraform',
  file: 'plan.json',
  defined: 9,
  assets: 2,
  left_out: [
    { reason: 'deleted', count: 6, names: ['a.b', 'a.c', 'a.d', 'a.e', 'a.f', 'a.g'] },
    { reason: 'deposed', count: 1, names: [] },
  ],
  data_sources: 1,
};

test('a file says what it defines, what of it is an asset, and what is not and why', () => {
  expect(accountLines([plan], say('en'), (name) => name)).toEqual([
    'plan.json: 9 resources = 2 assets + 6 deleted (a.b, a.c, a.d and 3 more) + 1 deposed; 1 data source',
  ]);
  expect(accountLines([plan], say('fr'), (name) => name)).toEqual([
    'plan.json\u00a0: 9 ressources = 2 actifs + 6 supprimées (a.b, a.c, a.d et 3 de plus) + 1 en cours de remplacement\u202f; 1 source de données',
  ]);
});

test('many files are summed up after the first ones', () => {
  const lines = accountLines(
    Array.from({ length: 30 }, () => plan),
    say('en'),
    (name) => name,
  );
  expect(lines).toHaveLength(11);
  expect(lines.at(-1)).toBe('20 more files: 180 = 40 + 140');
});

const counted = {
  assets: 14,
  evaluated: 12,
  not_applicable: 2,
  facts: { known: 0, absent: 0, denied: 0, error: 0, not_collected: 0 },
  gaps: [],
};

test.each([
  [
    { defined: 10, declared: 1, other: 3, repeated: 0 },
    '14 = 10 defined in files + 3 that they name or other sources show + 1 declared alone · 14 = 12 evaluated + 2 not applicable',
  ],
  [
    { defined: 15, declared: 0, other: 0, repeated: 1 },
    '14 = 15 defined in files − 1 in two files · 14 = 12 evaluated + 2 not applicable',
  ],
])('%j are told as sums that a person can check', (origins, text) => {
  expect(assetsLine({ ...counted, origins }, say('en'))).toBe(text);
});

test('a result that does not say where its assets come from is told without', () => {
  expect(assetsLine(counted, say('fr'))).toBe('14 = 12 évalués + 2 sans objet');
});
