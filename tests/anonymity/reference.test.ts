import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { measureFiles } from '../../src/collect/sample/measure.ts';

const folder = join(import.meta.dirname, '../fixtures/anonymity');

const students = ['Teacher', 'Gender', 'Ethnic', 'Freeredu', 'wesson'];

/** Values of pyCANON 1.3.6 and of the paper on l-diversity; the entropy is the exact one, which pyCANON rounds down. */
const references = [
  {
    file: 'StudentsMath_Score.csv',
    quasi: students,
    sensitive: 'Score',
    is: {
      rows: 216,
      classes: 46,
      unique: 1,
      k: 1,
      l: 1,
      entropy: 1,
      t: 0.4165919952210274,
      alpha: 1,
      beta: 71,
      enhanced: 5.375278407684165,
      delta: 4.276666119016055,
      mean: 46 / 216,
    },
  },
  {
    file: 'StudentsMath_Score_k5.csv',
    quasi: students,
    sensitive: 'Score',
    is: {
      rows: 154,
      classes: 25,
      unique: 0,
      k: 5,
      l: 4,
      entropy: Math.sqrt(12),
      t: 0.3102328705776983,
      alpha: 0.5,
      beta: 29.8,
      enhanced: 5.0369526024136295,
      delta: 3.427514689979529,
      mean: 25 / 154,
    },
  },
  {
    file: 'hospital.csv',
    quasi: ['age', 'gender', 'city'],
    sensitive: 'disease',
    is: {
      rows: 13,
      classes: 5,
      unique: 0,
      k: 2,
      l: 1,
      entropy: 1,
      t: 8 / 13,
      alpha: 1,
      beta: 10 / 3,
      enhanced: 2.5649493574615367,
      delta: 1.466337068793427,
      mean: 5 / 13,
    },
  },
  {
    file: 'four-anonymous.csv',
    quasi: ['zip', 'age'],
    sensitive: 'condition',
    is: {
      rows: 12,
      classes: 3,
      unique: 0,
      k: 4,
      l: 1,
      entropy: 1,
      t: 7 / 12,
      alpha: 1,
      beta: 1.4,
      enhanced: Math.log(4),
      delta: Math.log(2.4),
      mean: 0.25,
    },
  },
  {
    file: 'three-diverse.csv',
    quasi: ['zip', 'age'],
    sensitive: 'condition',
    is: {
      rows: 12,
      classes: 3,
      unique: 0,
      k: 4,
      l: 3,
      entropy: Math.sqrt(8),
      t: 1 / 6,
      alpha: 0.5,
      beta: 0.5,
      enhanced: 0.5,
      delta: Math.log(5 / 3),
      mean: 0.25,
    },
  },
];

describe('the published values', () => {
  test.each(references)('of $file are found again to 1e-9', async ({ file, quasi, sensitive, is }) => {
    const { modes } = await measureFiles({
      paths: [join(folder, file)],
      quasi,
      sensitive: [sensitive],
      mode: 'own_class',
      thresholds: { k: 5, l: 2 },
      signal: new AbortController().signal,
    });
    const measured = modes.own_class;
    expect(measured).toMatchObject({ rows: is.rows, classes: is.classes, unique: is.unique, k: is.k });
    expect(measured?.l.distinct).toBe(is.l);
    const close = (value: number | null | undefined, wanted: number): void =>
      expect(Math.abs((value ?? Number.NaN) - wanted)).toBeLessThan(1e-9);
    close(measured?.l.entropy, is.entropy);
    close(measured?.t, is.t);
    close(measured?.alpha, is.alpha);
    close(measured?.beta, is.beta);
    close(measured?.enhanced_beta, is.enhanced);
    close(measured?.delta, is.delta);
    close(measured?.risk.prosecutor, 1 / is.k);
    close(measured?.risk.mean, is.mean);
  });
});
