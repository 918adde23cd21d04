import { describe, expect, test } from '@jest/globals';
import { difference, recoverWithin } from '../../src/anonymity/aggregate/difference.ts';
import { type CountTable, countOf, smallCells } from '../../src/anonymity/aggregate/table.ts';

function table(dimensions: readonly string[], rows: readonly string[]): CountTable {
  return {
    dimensions,
    cells: rows
      .map((row) => row.split(' '))
      .map((parts) => ({ key: parts.slice(0, -1), count: countOf(parts.at(-1) ?? '') ?? null })),
  };
}

test.each([
  ['12', 12],
  ['1 234', 1234],
  ['7.0', 7],
  ['', null],
  ['s', null],
  ['<11', null],
  ['*', null],
  ['secret', null],
  ['12,5', undefined],
  ['Paris', undefined],
])('a cell of counts written %j is %j', (written, count) => {
  expect(countOf(written)).toBe(count);
});

test('cells of one person to one under the threshold are small; none is not', () => {
  expect(smallCells(table(['school'], ['a 0', 'b 1', 'c 10', 'd 11', 'e s']), 11)).toBe(2);
});

describe('a suppressed cell', () => {
  test('that is the only one of a total is given back by it', () => {
    expect(recoverWithin(table(['sex'], ['girls 40', 'boys s', 'total 45']), 11)).toBe(1);
  });

  test('that was left out rather than marked is given back too', () => {
    expect(recoverWithin(table(['sex'], ['girls 40', 'total 45']), 11)).toBe(1);
    expect(recoverWithin(table(['sex'], ['girls 40', 'boys 5', 'total 45']), 11)).toBe(0);
  });

  test('of two under one total is safe', () => {
    expect(recoverWithin(table(['sex', 'class'], ['girls CP s', 'boys CP s', 'total CP 9']), 11)).toBe(0);
  });

  test('is given back by the other dimension too, one after the other', () => {
    const rows = [
      'girls CP s',
      'boys CP s',
      'total CP 9',
      'girls CE1 30',
      'boys CE1 20',
      'total CE1 50',
      'girls total 34',
      'boys total 25',
      'total total 59',
    ];
    expect(recoverWithin(table(['sex', 'class'], rows), 11)).toBe(2);
  });

  test('that is large gives nothing away', () => {
    expect(recoverWithin(table(['sex'], ['girls 40', 'boys s', 'total 90']), 11)).toBe(0);
  });
});

describe('two tables', () => {
  test('of the same persons give the suppressed cell by subtraction', () => {
    const schools = table(['school'], ['a 45', 'b 60']);
    const sexes = table(['school', 'sex'], ['a girls 40', 'a boys s', 'b girls 30', 'b boys 30']);
    expect(difference(schools, sexes, 11)).toEqual({ recovered: 1, small_differences: 0 });
  });

  test('that differ by a few persons single those out', () => {
    expect(difference(table(['school'], ['a 45', 'b 60']), table(['school'], ['a 43', 'b 60']), 11)).toEqual({
      recovered: 0,
      small_differences: 1,
    });
  });

  test('without a dimension in common are not compared', () => {
    expect(difference(table(['school'], ['a 45']), table(['sex'], ['girls 40']), 11)).toBeNull();
  });

  test('do not count totals twice', () => {
    const sexes = table(['school', 'sex'], ['a girls 20', 'a boys 25', 'a total 45']);
    expect(difference(table(['school'], ['a 45']), sexes, 11)).toEqual({
      recovered: 0,
      small_differences: 0,
    });
  });
});

test('a row that one table lacks is given back by the total of the other', () => {
  const whole = table(['school'], ['a 45', 'b 60', 'total 109']);
  expect(difference(table(['school'], ['a 45', 'b 60']), whole, 11)).toEqual({
    recovered: 0,
    small_differences: 1,
  });
  expect(difference(table(['school'], ['a 45', 'b 60']), table(['school'], ['a 45', 'b 60']), 11)).toEqual({
    recovered: 0,
    small_differences: 0,
  });
});
