import { describe, expect, test } from '@jest/globals';
import { builtInPolicies } from '../../src/io/content.ts';
import { loadRules } from '../../src/load.ts';
import { judge } from '../setup/fixture.ts';
import { catalog } from '../setup/run.ts';

const ids = (await loadRules(catalog)).flatMap(({ rules }) => rules.map(({ id }) => id)).sort();

describe('tests/fixtures/everything-wrong', () => {
  test('every rule fires on everything-wrong', async () => {
    const { findings } = await judge('everything-wrong', 'complet');
    const fired = new Set(findings.filter(({ outcome }) => outcome === 'fail').map(({ rule }) => rule));
    expect(ids.filter((id) => !fired.has(id))).toEqual([]);
    expect(findings.filter(({ outcome }) => outcome === 'error')).toEqual([]);
  });
});

describe('tests/fixtures/in-order', () => {
  test.each(builtInPolicies())(
    'nothing fires and nothing is unknown on in-order, by the policy %s',
    async (policy) => {
      const { findings, summary } = await judge('in-order', policy);
      const bad = findings.filter(
        ({ outcome }) => outcome === 'fail' || outcome === 'unknown' || outcome === 'error',
      );
      expect(
        bad.map(({ rule, subject, outcome, message, missing }) => ({
          rule,
          subject: subject.id,
          outcome,
          message,
          missing,
        })),
      ).toEqual([]);
      expect(summary.gate.exit_code).toBe(0);
    },
  );

  test('it passes every rule that can pass without a provider, a transfer or an anonymous dataset', async () => {
    const { findings } = await judge('in-order', 'complet');
    const passed = new Set(findings.filter(({ outcome }) => outcome === 'pass').map(({ rule }) => rule));
    const others = ids.filter((id) => !passed.has(id));
    expect(others).toEqual(['ANO-01', 'GOV-05', 'GRD-01', 'JUR-03', 'LOC-02', 'TRF-01', 'TRF-02', 'TRF-04']);
  });
});
