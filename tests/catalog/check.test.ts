import { describe, expect, test } from '@jest/globals';
import { describeCheck } from '../../src/catalog/describe.ts';
import { shippedCatalog } from './shipped.ts';

const catalog = shippedCatalog();
const ending = (asOf: string, days: number) =>
  catalog.check(asOf, days).filter(({ reason }) => reason === 'expiring' || reason === 'expired');

describe('what is to be looked at again', () => {
  test("Outscale's qualification shows eight days before it ends", () => {
    expect(ending('2026-11-22', 8).map(({ id, reason, expires }) => [id, reason, expires])).toEqual([
      ['outscale iaas-cloud-on-demand secnumcloud', 'expiring', '2026-11-30'],
    ]);
    expect(ending('2026-11-22', 7)).toEqual([]);
  });

  test('the soonest comes first', () => {
    expect(ending('2026-11-22', 60).map(({ expires }) => expires)).toEqual(['2026-11-30', '2026-12-29']);
  });

  test('the day after, it has expired, and stays listed', () => {
    expect(ending('2026-11-30', 0)[0]?.reason).toBe('expiring');
    expect(ending('2026-12-01', 0)[0]).toMatchObject({
      id: 'outscale iaas-cloud-on-demand secnumcloud',
      reason: 'expired',
    });
  });

  test('an adequacy decision that ends shows, one that has ended does not', () => {
    expect(ending('2031-12-01', 30).map(({ id }) => id)).toContain(
      'GB renewal of 2025-12-19 (number to verify)',
    );
    expect(ending('2026-11-22', 30).filter(({ kind }) => kind === 'adequacy')).toEqual([]);
  });

  test('an entry is stale after ninety days', () => {
    expect(catalog.stale('2027-02-20')).toEqual([]);
    expect(catalog.stale('2027-02-21').length).toBeGreaterThan(600);
  });

  test('what is not verified is listed with its mark', () => {
    const unverified = catalog.check('2026-11-22', 0).filter(({ reason }) => reason === 'unverified');
    expect(unverified.every(({ mark }) => mark !== 'verified')).toBe(true);
    expect(unverified.map(({ kind, id }) => `${kind} ${id}`)).toContain('region cloud-temple fr1');
  });

  test('the summary counts what is listed', () => {
    const { summary, entries } = describeCheck(catalog, '2026-11-22', 30) as {
      summary: { [reason: string]: number };
      entries: unknown[];
    };
    expect(Object.values(summary).reduce((sum, count) => sum + count, 0)).toBe(entries.length);
    expect(summary['expiring']).toBe(1);
  });
});
