import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anchor, blocks, code, fence, link, page, prose, table } from '../../scripts/docs/markdown.ts';

describe('a text keeps its words and loses its markup', () => {
  test.each([
    ['a pipe', 'a|b', 'a\\|b'],
    ['angle brackets', 'list<string> & <b>', 'list\\<string\\> & \\<b\\>'],
    ['an entity', '&lt; and R&D', '&amp;lt; and R&D'],
    ['emphasis', '*not* _this_ but key_manager', '\\*not\\* \\_this\\_ but key_manager'],
    ['a link', '[a](b)', '\\[a\\](b)'],
    ['a heading', '# no', '\\# no'],
    ['a list', '1. no', '1\\. no'],
    ['an option', '- no', '\\- no'],
    ['code between back quotes', 'say `a|b <c>` here', 'say `a|b <c>` here'],
    ['a lone back quote', 'a ` b', 'a \\` b'],
    ['several lines', 'one\n  two', 'one two'],
  ])('%s', (_, text, expected) => {
    expect(prose(text)).toBe(expected);
  });
});

test.each([
  ['plain', 'a b', '`a b`'],
  ['with a back quote', 'a`b', '`` a`b ``'],
  ['over lines', 'a\n  b', '`a b`'],
])('code %s', (_, text, expected) => {
  expect(code(text)).toBe(expected);
});

test('a fence is longer than any in its text', () => {
  expect(fence('text', 'a\n```\nb')).toBe('````text\na\n```\nb\n````');
});

test('spaces and brackets in an address are encoded', () => {
  expect(link('a', 'https://example.org/a b(1)')).toBe('[a](https://example.org/a%20b%281%29)');
});

test('a column whose cells are all empty is left out', () => {
  expect(
    table(
      ['A', 'B'],
      [
        ['1', ''],
        ['2', ''],
      ],
    ),
  ).toBe('| A |\n| --- |\n| 1 |\n| 2 |');
});

test('a table without rows is nothing', () => {
  expect(table(['A'], [])).toBe('');
});

test('no text can add a cell to a table, in code or outside', () => {
  const cellsOf = (row: string): number =>
    row.replace(/\\\\/g, '').replace(/\\\|/g, '').split('|').length - 2;
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const rows = table(['A', 'B', 'C'], [[prose(one), code(other), 'x']]).split('\n');
      const width = cellsOf(rows[1] ?? '');
      expect(rows).toHaveLength(3);
      expect(rows.map(cellsOf)).toEqual([width, width, width]);
    }),
  );
});

test('anchors are those that GitHub gives', () => {
  expect(anchor('Par gravité · By severity')).toBe('par-gravité--by-severity');
});

test('empty blocks leave no gap, and a page ends with a line', () => {
  expect(blocks('a', '', ['b', ''])).toBe('a\n\nb');
  expect(page('x', 'a')).toBe('<!-- Generated from x by "npm run docs": do not edit. -->\n\na\n');
});
