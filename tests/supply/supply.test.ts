import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { verdictOf } from '../../scripts/supply/advisory.ts';
import { differences } from '../../scripts/supply/install.ts';
import { isAllowed } from '../../scripts/supply/licence.ts';
import { readLock } from '../../scripts/supply/lock.ts';
import { root } from '../../src/io/root.ts';

test.each([
  ['MIT', true],
  ['Apache-2.0 AND MIT', true],
  ['(MIT OR CC0-1.0)', true],
  ['EPL-2.0 OR GPL-3.0-or-later', true],
  ['GPL-3.0-only', false],
  ['MIT AND GPL-3.0-only', false],
  ['SEE LICENSE IN LICENSE.txt', false],
  ['(MIT AND (GPL-3.0-only OR ISC))', false],
  ['UNLICENSED', false],
])('the licence %s is allowed: %s', (licence, expected) => {
  expect(isAllowed(licence)).toBe(expected);
});

test('an install script that nobody allowed is told, and so is a name that has none', () => {
  const lock = {
    '': { version: '1', hasInstallScript: true },
    'node_modules/a': { version: '1', hasInstallScript: true },
    'node_modules/b/node_modules/@c/d': { version: '1', hasInstallScript: true },
    'node_modules/e': { version: '1' },
  };
  expect(differences(lock, { a: true, e: false })).toEqual([
    '@c/d runs a script that nobody allowed',
    'e is listed and runs no script',
  ]);
});

test.each([
  ['nothing known', '{"vulnerabilities": {}}', true, /no advisory/],
  [
    'one known',
    '{"vulnerabilities": {"a": {"severity": "high", "range": "<2", "isDirect": true}}}',
    false,
    /a <2: high/,
  ],
  ['a mirror of packages alone', '{"statusCode": 405, "message": "no"}', true, /^not checked: .*405/],
  ['a registry out of order', '{"statusCode": 503, "message": "busy"}', false, /could not be made: busy/],
  ['no network', '{"message": "ENOTFOUND"}', false, /could not be made/],
  ['no npm', '', false, /no answer/],
])('advisories, %s', (_, answer, ok, said) => {
  expect(verdictOf(answer)).toEqual({ ok, said: expect.stringMatching(said) });
});

test('the SBOM names everything that is shipped, once, with a hash and a licence, and nothing else', () => {
  const sbom = JSON.parse(readFileSync(join(root, 'docs/sbom.cdx.json'), 'utf8')) as {
    readonly components: readonly {
      readonly 'bom-ref': string;
      readonly scope: string;
      readonly hashes?: readonly unknown[];
      readonly licenses?: readonly unknown[];
    }[];
    readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
  };
  const refs = sbom.components.map((one) => one['bom-ref']);
  expect(new Set(refs).size).toBe(refs.length);
  const linked = sbom.dependencies.flatMap(({ dependsOn = [] }) => dependsOn);
  expect(linked.filter((ref) => !refs.includes(ref))).toEqual([]);
  expect(refs.filter((ref) => !linked.includes(ref))).toEqual([]);
  const { dependencies = {}, optionalDependencies = {} } = readLock()[''] ?? {};
  const direct = sbom.dependencies.find(({ ref }) => ref.startsWith('pkg:npm/bercail@'))?.dependsOn ?? [];
  expect(direct).toHaveLength(Object.keys({ ...dependencies, ...optionalDependencies }).length);
  expect(refs.some((ref) => ref.startsWith('pkg:npm/jest@'))).toBe(false);
  for (const { 'bom-ref': ref, scope, hashes, licenses } of sbom.components) {
    expect([ref, licenses?.length]).toEqual([ref, 1]);
    // Binaries for other systems are in the lock without one.
    if (scope === 'required') expect([ref, hashes?.length]).toEqual([ref, 1]);
  }
});
