import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { choicesOf, noFilters, select, toggle, valuesOf } from '../../../src/ui/browse/filter.ts';
import { type Browse, listHeight, rowAt, rowCount } from '../../../src/ui/browse/state.ts';
import { isBranch } from '../../../src/ui/browse/tree.ts';
import { update } from '../../../src/ui/browse/update.ts';
import { hostile, hostileResult } from '../../fixtures/report/hostile.ts';
import { result2018 } from '../../fixtures/report/result-2018.ts';
import { languages } from '../../report/rendering.ts';
import { browse, press, screenText, withFindings } from './browse.ts';

const many = browse(withFindings(300));

function subjects(state: Browse): string[] {
  return state.shown.map((index) => state.entries[index]?.subject.id ?? '');
}

describe('the list', () => {
  test('holds every finding and every question of the result', () => {
    const result = result2018('en');
    const { entries } = browse(result);
    const questions = result.unknowns.reduce((sum, { rules }) => sum + rules.length, 0);
    expect(entries).toHaveLength(result.findings.length + questions);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    expect(entries.filter(({ status }) => status === 'waived').map(({ subject }) => subject.id)).toEqual([
      'results@archive',
    ]);
  });

  test('leaves out what passes at first, unless all is asked for', () => {
    const result = result2018('en');
    const [first, ...rest] = result.findings;
    const findings = [{ ...(first as (typeof result.findings)[number]), outcome: 'pass' as const }, ...rest];
    const some = browse({ ...result, findings });
    expect(some.shown).toHaveLength(some.entries.length - 1);
    expect(browse({ ...result, findings }, { all: true }).shown).toHaveLength(some.entries.length);
  });

  test.each([
    [['j'], 1],
    [['<down>', '<down>', 'k'], 1],
    [['<up>'], 0],
    [['G'], 299],
    [['<end>', 'g'], 0],
    [['<page-down>'], 19],
    [['<ctrl-f>', '<ctrl-b>'], 0],
    [['<ctrl-d>'], 10],
    [['<ctrl-d>', '<ctrl-u>'], 0],
  ])('%j leads to line %i', (keys, line) => {
    const only = { ...many, entries: many.entries, shown: many.shown.slice(0, 300) };
    expect(press(only, keys).state.cursor).toBe(line);
  });

  test('shows the cursor, whatever is pressed, at whatever size', () => {
    const keys = [
      ...Array.from('jkgGtlh *xf/a?qnpweo1'),
      '<page-down>',
      '<page-up>',
      '<ctrl-d>',
      '<enter>',
      '<escape>',
      '<tab>',
      '<backspace>',
      '<left>',
    ];
    const key = fc.constantFrom(...keys);
    const event = fc.oneof(
      { weight: 20, arbitrary: key },
      fc.record({ columns: fc.integer({ min: 1, max: 200 }), rows: fc.integer({ min: 1, max: 60 }) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let state = browse(withFindings(60));
        for (const one of events)
          state =
            typeof one === 'string'
              ? press(state, [one]).state
              : update(state, { kind: 'resize', size: one })[0];
        const count = rowCount(state);
        expect(state.cursor).toBeGreaterThanOrEqual(0);
        expect(state.cursor).toBeLessThanOrEqual(Math.max(0, count - 1));
        expect(state.cursor).toBeGreaterThanOrEqual(state.top);
        expect(state.cursor).toBeLessThan(state.top + listHeight(state.size));
        const lines = screenText(state);
        expect(lines).toHaveLength(state.size.rows);
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(state.size.columns);
      }),
      { numRuns: 60 },
    );
  });
});

describe('search and filters', () => {
  test('a search finds every word, in any order, without case or accents', () => {
    const { state } = press(browse(), ['/', 'FRANKFURT réplica', '<enter>']);
    expect(subjects(state)).toEqual(['results@reperes-replica']);
    expect(press(state, ['<escape>']).state.shown).toHaveLength(state.entries.length);
  });

  test('a search given up is as it was before', () => {
    const before = press(browse(), ['/', 'frankfurt', '<enter>']).state;
    expect(press(before, ['/', 'xyz', '<escape>']).state.query).toBe('frankfurt');
  });

  test('values of one facet add up, those of two restrict each other', () => {
    const { entries } = browse();
    const choose = (...values: readonly (readonly ['severity' | 'status', string])[]): number =>
      select(
        entries,
        values.reduce((filters, [facet, value]) => toggle(filters, { facet, value }), noFilters),
        '',
      ).length;
    expect(choose(['severity', 'high'], ['severity', 'critical'])).toBe(
      choose(['severity', 'high']) + choose(['severity', 'critical']),
    );
    expect(choose(['severity', 'high'], ['status', 'fail'])).toBeLessThan(choose(['severity', 'high']));
  });

  test('every choice counts what it shows alone', () => {
    const { entries } = browse();
    for (const choice of choicesOf(entries))
      expect(select(entries, toggle(noFilters, choice), '')).toHaveLength(choice.count);
  });

  test('no filter and no search shows an entry that does not match, none hides one that does', () => {
    const { entries } = browse(withFindings(40));
    const choice = fc.constantFrom(...choicesOf(entries));
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 5 }), (choices) => {
        const filters = choices.reduce(toggle, noFilters);
        const shown = new Set(select(entries, filters, ''));
        for (const [index, entry] of entries.entries()) {
          const isRight = (Object.keys(filters) as (keyof typeof filters)[]).every(
            (facet) =>
              filters[facet].size === 0 || valuesOf(entry, facet).some((value) => filters[facet].has(value)),
          );
          expect(shown.has(index)).toBe(isRight);
        }
      }),
    );
  });

  test('the cursor stays on its entry', () => {
    const { state } = press(many, ['<page-down>', '<page-down>', 'j']);
    const before = state.shown[state.cursor];
    const filtered = press(state, ['/', 'bucket', '<enter>']).state;
    expect(filtered.shown[filtered.cursor]).toBe(before);
  });
});

describe('the tree', () => {
  test('has every entry below its dataset, its place and its operator', () => {
    let state = press(browse(), ['t']).state;
    expect(rowAt(state, 0)).toMatchObject({ facet: 'dataset' });
    for (let at = 0; at < rowCount(state); at += 1) {
      const row = rowAt(state, at);
      if (isBranch(row) && !row.isOpen) state = press({ ...state, cursor: at }, ['l']).state;
    }
    const leaves = new Set<number>();
    for (let at = 0; at < rowCount(state); at += 1) {
      const row = rowAt(state, at);
      if (row && !isBranch(row)) leaves.add(row.entry);
    }
    expect(leaves.size).toBe(state.entries.length);
  });

  test('opens and closes', () => {
    const closed = press(browse(), ['t']).state;
    const open = press(closed, ['<enter>', 'j', 'l', 'j']).state;
    const shut = press(open, ['h', 'h', 'h', 'h']).state;
    expect([shut.cursor, rowCount(shut)]).toEqual([0, rowCount(closed)]);
    expect(rowCount(press(closed, ['l', 'h']).state)).toBe(rowCount(closed));
  });
});

describe('what is asked of the world', () => {
  test('copies the ids of what is marked, else of what is under the cursor', () => {
    const state = browse();
    const ids = state.shown.map((index) => state.entries[index]?.id);
    expect(press(state, ['y']).effects).toEqual([{ kind: 'copy', ids: ids.slice(0, 1) }]);
    expect(press(state, [' ', ' ', 'y']).effects).toEqual([{ kind: 'copy', ids: ids.slice(0, 2) }]);
    expect(press(state, ['*', '*', 'y']).effects).toEqual([{ kind: 'copy', ids: ids.slice(0, 1) }]);
  });

  test('opens the page of the law that the digit names', () => {
    expect(press(browse(), ['o']).effects).toEqual([
      { kind: 'open', url: 'https://eur-lex.europa.eu/eli/reg/2016/679/oj' },
    ]);
    expect(press(browse(), ['9']).effects).toEqual([]);
  });

  test('asks for a waiver with its reason, approver and last day', () => {
    const { effects } = press(browse(), [
      'w',
      'Agreed',
      '<enter>',
      'DPO',
      '<tab>',
      '2027-06-30',
      '<enter>',
      '<enter>',
    ]);
    expect(effects).toEqual([
      {
        kind: 'waive',
        targets: [0],
        waiver: {
          reason: 'Agreed',
          approved_by: 'DPO',
          approved_on: '2026-11-22',
          expires: '2027-06-30',
          link: null,
        },
      },
    ]);
  });

  test.each([
    ['no reason', ['w', ' ', '<enter>'], 'browse.problem.reason'],
    ['no approver', ['w', 'x', '<enter>', '<enter>'], 'browse.problem.approved_by'],
    ['no day', ['w', 'x', '<enter>', 'y', '<enter>', '2027-02-30', '<enter>'], 'browse.problem.day'],
    ['a past day', ['w', 'x', '<enter>', 'y', '<enter>', '2026-11-21', '<enter>'], 'browse.problem.past'],
    ['no format', ['e', '<ctrl-u>', 'x.exe', '<enter>'], 'browse.problem.file'],
  ])('refuses %s, and asks nothing', (_, keys, problem) => {
    const { state, effects } = press(browse(), keys);
    expect(effects).toEqual([]);
    expect(state.mode).toMatchObject({ kind: 'form', form: { problem } });
  });

  test('a field left empty by going back is found at the end', () => {
    const keys = ['w', 'x', '<tab>', 'y', '<tab>', '2027-06-30', '<tab>', '<up>', '<up>', '<up>', '<ctrl-u>'];
    const { state, effects } = press(browse(), [...keys, '<down>']);
    expect(effects).toEqual([]);
    expect(state.mode).toMatchObject({ form: { at: 0, problem: 'browse.problem.reason' } });
  });

  test('exports what is marked, else all that is shown', () => {
    const { state } = press(browse(), ['/', 'frankfurt', '<enter>']);
    const named = { kind: 'export', file: 'bercail-selection.csv' };
    expect(press(state, ['e', '<enter>']).effects).toEqual([{ ...named, targets: state.shown }]);
    expect(press(browse(), [' ', 'e', '<enter>']).effects).toEqual([{ ...named, targets: [0] }]);
  });

  test('shows what was waived as waived, although the result is older', () => {
    const note = { text: 'added', tone: 'good' as const };
    const waiver = {
      reason: 'r',
      approved_by: 'a',
      approved_on: '2026-11-22',
      expires: '2027-06-30',
      link: null,
    };
    const [state] = update(browse(), { kind: 'waived', targets: [0], waiver, note });
    expect(state.entries[0]).toMatchObject({ status: 'waived', waiver });
  });
});

describe('the screen', () => {
  test.each(languages)('fits 80 × 24, with nothing but text (%s)', (language) => {
    const result = result2018(language);
    for (const keys of [[], ['<enter>'], ['t', 'l'], ['f'], ['?'], ['w'], ['e']]) {
      const lines = screenText(press(browse(result), keys).state, result, language);
      expect(lines).toHaveLength(24);
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(80);
    }
  });

  test('has the detail beside the list where there is room', () => {
    const state = browse(result2018('en'), { size: { columns: 160, rows: 50 } });
    const text = screenText(state).join('\n');
    expect(text).toMatch(
      /Severity .+ │ ✗ CHN-02 {2}Every operator[^]+❯ {3}✗ critical CHN-02 .+ │ {3}fail · critical/,
    );
    expect(text).toContain('[1] GDPR, art. 28(2) (verified)');
  });

  test('tells the path, the evidence, the law and what to do', () => {
    const { state } = press(browse(), ['/', 'LOC-04', '<enter>', '<enter>']);
    const text = screenText({ ...state, size: { columns: 100, rows: 60 } }).join('\n');
    expect(text).toContain('results → reperes, Dublin (IE) → replica reperes-replica, Frankfurt (DE)');
    expect(text).toContain('s3:GetBucketReplication');
    expect(text).toContain('To do');
  });

  test.each(Object.keys(hostile) as (keyof typeof hostile)[])('%s is text on it', (name) => {
    const result = hostileResult(hostile[name]);
    for (const keys of [[], ['<enter>'], ['t', 'l', 'j', 'l'], ['f'], ['w', 'x'], ['/', 'x']])
      for (const size of [
        { columns: 80, rows: 24 },
        { columns: 160, rows: 50 },
      ]) {
        const lines = screenText(press(browse(result, { size }), keys, result).state, result);
        for (const line of lines) {
          expect(stringWidth(line)).toBeLessThanOrEqual(size.columns);
          expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?![\u200c\u200d])\p{Cf}/u);
        }
      }
  });
});
