import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readLast, saveLast } from '../../src/io/last.ts';
import type { Result } from '../../src/result/result.ts';
import { result2018 } from '../fixtures/report/result-2018.ts';
import { run } from '../setup/run.ts';

let env: { readonly BERCAIL_CACHE: string };

beforeEach(async () => {
  env = { BERCAIL_CACHE: await mkdtemp(join(tmpdir(), 'bercail-last-')) };
});

afterEach(() => rm(env.BERCAIL_CACHE, { recursive: true }));

const manifest = `
bercail: manifest/v1
id: m
organisations:
  men: {name: Ministère, role: controller, kind: public_body, seat: FR}
  aws: {provider: aws, role: sub_processor, engaged_by: men}
datasets:
  results: {subjects: [pupil], categories: [education.results], secrecy: discretion}
assets:
  store: {kind: object_store, operator: aws, run_by: men, place: {provider: aws, region: eu-west-1}, holds: [results]}
`;

/** The lists of a result are what a run of so many such manifests would give. */
async function resultOf(times: number): Promise<Result> {
  const { findings, unknowns } = await run({ manifests: [manifest], more: { all: false } });
  const many = <T>(list: readonly T[]): T[] => Array.from({ length: times }, () => list).flat();
  return { ...result2018('en'), findings: many(findings), unknowns: many(unknowns) };
}

test('a result is kept whole, words and all', async () => {
  const kept = await resultOf(1);
  await saveLast(kept, env);
  const last = await readLast(env);
  expect(last?.result.findings.find(({ rule }) => rule === 'LOC-01')?.message).toContain('Dublin');
  expect(last?.result).toEqual(JSON.parse(JSON.stringify(kept)));
  expect(last?.left_out).toEqual({ findings: 0, unknowns: 0 });
});

test('of a large one the first five hundred of each list are, and the others are counted', async () => {
  const kept = await resultOf(1000);
  await saveLast(kept, env);
  const last = await readLast(env);
  expect(last?.result.findings).toHaveLength(500);
  expect(last?.left_out).toEqual({
    findings: kept.findings.length - 500,
    unknowns: kept.unknowns.length - 500,
  });
});
