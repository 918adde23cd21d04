import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findBreakingSets } from '../../src/anonymity/column/breaking.ts';
import { extend, pack, renumber } from '../../src/anonymity/measure/codes.ts';
import { createCounter } from '../../src/anonymity/measure/count.ts';
import { measure } from '../../src/anonymity/measure/measure.ts';
import { emptyModes, type Measures } from '../../src/anonymity/types.ts';
import { coded, expected, type Table } from './oracle.ts';

const cell = fc.option(fc.constantFrom('a', 'b', 'c'), { freq: 4 });

const tables: fc.Arbitrary<Table> = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.record({
    columns: fc.constant(['q0', 'q1', 'q2', 'q3'].slice(0, width)),
    rows: fc.array(
      fc.record({
        quasi: fc.array(cell, { minLength: width, maxLength: width }),
        sensitive: fc.integer({ min: 0, max: 5 }),
      }),
      { minLength: 1, maxLength: 24 },
    ),
    numeric: fc.boolean(),
  }),
);

function close(value: number | null | undefined, wanted: number | null): void {
  if (wanted === null) expect(value).toBeNull();
  else expect(Math.abs((value ?? Number.NaN) - wanted)).toBeLessThan(1e-9);
}

describe('on any small table', () => {
  test.each(emptyModes)('the measures in the mode %s are those of their definitions', (mode) => {
    fc.assert(
      fc.property(tables, (table) => {
        const measured: Measures | null = measure({ ...coded(table), mode, threshold: 5 });
        const wanted = expected(table, mode);
        expect(measured).toMatchObject({ rows: wanted.rows, unique: wanted.unique, k: wanted.k });
        expect(measured?.l.distinct).toBe(wanted.l);
        close(measured?.l.entropy, wanted.entropy);
        close(measured?.t, wanted.t);
        close(measured?.alpha, wanted.alpha);
        close(measured?.beta, wanted.beta);
        close(measured?.delta, wanted.delta);
        close(measured?.risk.mean, wanted.mean);
      }),
      { numRuns: 300 },
    );
  });

  test('an empty cell that matches everything never makes a group smaller', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const own = measure({ ...coded(table), mode: 'own_class', threshold: 5 });
        const wild = measure({ ...coded(table), mode: 'wildcard', threshold: 5 });
        expect(wild?.k ?? 0).toBeGreaterThanOrEqual(own?.k ?? 0);
      }),
    );
  });

  test('no order of rows changes a measure', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const turned = { ...table, rows: table.rows.toReversed() };
        for (const mode of emptyModes) {
          const [a, b] = [table, turned].map((one) => measure({ ...coded(one), mode, threshold: 5 }));
          expect([b?.k, b?.l.distinct, b?.unique]).toEqual([a?.k, a?.l.distinct, a?.unique]);
          close(b?.t, a?.t ?? null);
        }
      }),
    );
  });

  test('breaking sets are exactly the smallest sets of columns with a unique row', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { rows, columns } = coded(table);
        const { sets, complete } = findBreakingSets(createCounter(columns, rows, 5));
        const subsets = Array.from({ length: 2 ** columns.length - 1 }, (_, bits) =>
          columns.filter((_column, at) => ((bits + 1) >> at) & 1),
        );
        const breaks = (names: readonly string[]): boolean => {
          const keys = table.rows.map(({ quasi }) =>
            JSON.stringify(names.map((name) => quasi[table.columns.indexOf(name)])),
          );
          return keys.some((key) => keys.indexOf(key) === keys.lastIndexOf(key));
        };
        const broken = subsets.map((set) => set.map(({ name }) => name)).filter(breaks);
        const smallest = broken.filter(
          (set) =>
            !broken.some((other) => other.length < set.length && other.every((name) => set.includes(name))),
        );
        expect(complete).toBe(true);
        expect(sets.map((set) => set.columns.join()).sort()).toEqual(
          smallest.map((set) => set.join()).sort(),
        );
      }),
    );
  });

  test('sorting and addressing count the same', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { rows, columns, sensitive } = coded(table);
        // Codes below a huge bound cannot be addressed one by one.
        const sparse = columns.map((column) => ({ ...column, cardinality: 2 ** 30 }));
        for (const mode of ['own_class', 'exclude'] as const) {
          const [a, b] = [columns, sparse].map((some) =>
            measure({ rows, columns: some, sensitive, mode, threshold: 5 }),
          );
          expect([b?.k, b?.classes, b?.l.distinct, b?.below.rows]).toEqual([
            a?.k,
            a?.classes,
            a?.l.distinct,
            a?.below.rows,
          ]);
          close(b?.t, a?.t ?? null);
        }
        const [c, d] = [columns, sparse].map((some) => createCounter(some, rows, 5));
        const views = columns.map((_, index) => ({ index }));
        expect(d?.count(views)).toEqual(c?.count(views));
        expect(d?.count(views.slice(1))).toEqual(c?.count(views.slice(1)));
      }),
    );
  });

  test('counts of any columns, some said less precisely, are those of the rows', () => {
    fc.assert(
      fc.property(tables, fc.infiniteStream(fc.nat(2)), (table, how) => {
        const { rows, columns } = coded(table);
        const views = columns.flatMap(({ cardinality }, index) => {
          const choice = how.next().value;
          const codes = Uint32Array.from({ length: cardinality }, (_, code) => code >> 1);
          return (
            [[], { index }, { index, recoding: { codes, cardinality: (cardinality >> 1) + 1 } }][choice] ?? []
          );
        });
        const keys = Array.from({ length: rows }, (_, row) =>
          views
            .map(({ index, ...view }) => {
              const code = columns[index]?.codes[row] ?? 0;
              return 'recoding' in view ? view.recoding.codes[code] : code;
            })
            .join(),
        );
        const sizes = [...new Set(keys)].map((key) => keys.filter((one) => one === key).length);
        const wanted = {
          classes: sizes.length,
          unique: sizes.filter((size) => size === 1).length,
          k: Math.min(...sizes),
          below: sizes.filter((size) => size < 5).reduce((sum, size) => sum + size, 0),
        };
        const sparse = columns.map((column) => ({ ...column, cardinality: 2 ** 30 }));
        for (const some of [columns, sparse]) {
          const counter = createCounter(some, rows, 5);
          expect(counter.count(views)).toEqual(wanted);
          // Counts that were kept do not change those that follow.
          expect(counter.count(columns.map((_, index) => ({ index }))).below).toBe(
            createCounter(columns, rows, 5).count(columns.map((_, index) => ({ index }))).below,
          );
          expect(counter.count(views)).toEqual(wanted);
        }
      }),
    );
  });

  test('packing tells rows apart exactly as their cells do, however large the numbers get', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 30 }),
        (rows) => {
          const huge = 2 ** 31;
          const columns = [0, 1, 2].map((at) => ({
            name: `q${at}`,
            codes: Uint32Array.from(rows, (row) => row[at] ?? 0),
            cardinality: huge,
            empty: null,
          }));
          const { keys } = renumber(pack(columns, rows.length).keys);
          const names = rows.map((row) => row.join());
          for (const [a] of rows.entries())
            for (const [b] of rows.entries()) expect(keys[a] === keys[b]).toBe(names[a] === names[b]);
          const more = extend({ keys, bound: rows.length }, columns[0]?.codes ?? new Uint32Array(), huge);
          expect([...more.keys].every(Number.isSafeInteger)).toBe(true);
        },
      ),
    );
  });
});

test('wildcards over more columns than they can tell apart are not computed, and say so', () => {
  const columns = Array.from({ length: 31 }, (_, at) => ({
    name: `q${at}`,
    codes: Uint8Array.of(0, 1),
    cardinality: 2,
    empty: 0,
  }));
  expect(measure({ rows: 2, columns, sensitive: null, mode: 'wildcard', threshold: 5 })).toBeNull();
});
