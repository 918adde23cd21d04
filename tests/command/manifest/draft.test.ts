import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { audit } from '../../../src/audit.ts';
import { fixedClock } from '../../../src/io/clock.ts';
import { root } from '../../../src/io/root.ts';
import { type Folder, type as run, scratchFolder } from '../../setup/command-line.ts';

let folder: Folder;
beforeAll(async () => {
  folder = await scratchFolder();
});
afterAll(() => folder.remove());

const at = (path: string): string => join(root, path);
const snapshot = at('examples/evaluations-2018/aws-2018-10.inventory.ndjson.gz');
const sources = [
  ['a snapshot of an account', snapshot],
  ['a plan', at('examples/infra/terraform')],
  ['a CloudFormation template', at('examples/infra/cloudformation.yaml')],
  ['an ARM template', at('examples/infra/arm.json')],
] as const;

interface Drafted {
  readonly assets: {
    readonly [key: string]: { readonly match: readonly { readonly [by: string]: string }[] };
  };
}

/** Outcome by rule and subject, with the observed id for what the draft gives a key. */
async function outcomes(paths: readonly string[], drafted: Drafted | null): Promise<Map<string, string>> {
  const { result } = await audit({
    paths,
    network: false,
    language: 'en',
    clock: fixedClock('2026-11-22T10:00:00Z'),
    policy: 'complet',
    all: true,
  });
  const ids = Object.entries(drafted?.assets ?? {}).map(([key, { match }]): [string, string] => {
    const { source: _, ...by } = match[0] ?? {};
    return [key, Object.values(by)[0] ?? ''];
  });
  const observed = new Map(ids);
  return new Map(
    result.findings.map(({ rule, subject, outcome }) => {
      const [dataset, asset] = subject.id.includes('@') ? subject.id.split(/@(.*)/) : [null, subject.id];
      const id = observed.get(asset ?? '') ?? asset;
      return [`${rule} ${dataset === null ? '' : `${dataset}@`}${id}`, outcome];
    }),
  );
}

describe.each(sources)('a draft from %s', (_, path) => {
  test('declares what was observed, and turns no other failure into a pass', async () => {
    const file = folder.path(`${path.replaceAll('/', '_')}.yaml`);
    const { code } = await run(['manifest', 'draft', '--from', path, '--into', file, '--all']);
    expect(code).toBe(0);
    const drafted = parse(await folder.read(file.slice(folder.path().length))) as Drafted;
    const before = await outcomes([path], null);
    const after = await outcomes([path, file], drafted);
    const undeclared = [...after].filter(([key, outcome]) => key.startsWith('DRF-01 ') && outcome === 'fail');
    expect(undeclared).toEqual([]);
    const turned = [...before].filter(
      ([key, outcome]) =>
        !key.startsWith('DRF-01 ') &&
        outcome !== 'pass' &&
        outcome !== 'not_applicable' &&
        after.get(key) === 'pass',
    );
    expect(turned).toEqual([]);
    const lost = [...before].filter(
      ([key, outcome]) => outcome === 'fail' && !key.startsWith('DRF-01 ') && after.get(key) !== 'fail',
    );
    expect(lost).toEqual([]);
  });
});

test('without a file, the draft goes to standard output, and what it says to standard error', async () => {
  const { out, err } = await run(['manifest', 'draft', '--from', snapshot]);
  expect((parse(out) as Drafted).assets['export-familles']).toEqual({
    kind: 'object_store',
    operator: 'unknown',
    place: { provider: 'aws', region: 'eu-west-1' },
    holds: 'unknown',
    account: '123456789012',
    match: [{ source: 'aws', arn: 'arn:aws:s3:::export-familles' }],
  });
  expect(err).toMatch(/4 assets drafted.*\n.*declared by nobody: aws/);
});

test('into a manifest, it adds what that one lacks, with its own names of operators, and keeps the rest', async () => {
  const before = `# ours\nbercail: manifest/v1\nid: ours\norganisations:\n  host: {provider: aws, role: sub_processor} # since 2016\nassets:\n  reperes-prod: {kind: server, operator: host}\n  replica:\n    kind: object_store\n    operator: host\n    match: [{source: aws, name: reperes-replica}]\n`;
  const file = await folder.write('ours.yaml', before);
  await run(['manifest', 'draft', '--from', snapshot, '--into', file]);
  const after = await folder.read('ours.yaml');
  expect(after.startsWith(before)).toBe(true);
  const { assets } = parse(after) as { assets: { [key: string]: { operator: string } } };
  expect(Object.keys(assets)).toEqual([
    'reperes-prod',
    'replica',
    'export-familles',
    'reperes-journaux',
    'reperes-prod-2',
  ]);
  expect(assets['export-familles']?.operator).toBe('host');
  const again = await run(['manifest', 'draft', '--from', snapshot, '--into', file]);
  expect(again.err).toContain('nothing observed lacks a declaration');
  expect(await folder.read('ours.yaml')).toBe(after);
});

test('what shows nothing is refused', async () => {
  const { code, err } = await run([
    'manifest',
    'draft',
    '--from',
    at('examples/evaluations-2018/manifest.yaml'),
  ]);
  expect([code, err]).toEqual([2, expect.stringContaining('nothing was observed')]);
});
