import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readWaivers } from '../../src/config/waiver.ts';
import { addWaivers, type NewWaiver } from '../../src/config/waiver-write.ts';

const waiver: NewWaiver = {
  rule: 'LOC-01',
  subject: 'results@reperes',
  reason: 'Until the move: see the plan',
  approved_by: 'DPO',
  approved_on: '2026-11-22',
  expires: '2027-06-30',
};

describe('adding waivers', () => {
  test('a new file says what it is', () => {
    const text = addWaivers(null, 'waivers.yaml', [waiver]);
    expect(text).toMatch(/^# Accepted failures.+\nbercail: waivers\/v1\nwaivers:\n {2}- rule: LOC-01\n/);
    expect(readWaivers(text, 'waivers.yaml')).toMatchObject([{ ...waiver, last_day: '2027-06-30' }]);
  });

  test.each([
    [
      'a map',
      'bercail: waivers/v1\nwaivers:\n  # why\n  - rule: A-01 # here\n    subject: "x"\n    reason: |\n      two\n      lines\n    approved_by: me\n    expires: 2027-01-01\n',
    ],
    [
      'a bare list',
      '# head\n- {rule: A-01, subject: x, reason: r, approved_by: me, expires: 2027-01-01} # here\n# foot\n',
    ],
    ['an empty list', 'waivers: [] # none yet\n'],
    [
      'line ends of Windows',
      'waivers:\r\n  - rule: A-01 # here\r\n    subject: x\r\n    reason: r\r\n    approved_by: me\r\n    expires: 2027-01-01\r\n',
    ],
  ])('%s keeps what is in it, comments too', (_, text) => {
    const written = addWaivers(text, 'w.yaml', [
      waiver,
      { ...waiver, subject: 'b', link: 'https://t.example/1' },
    ]);
    for (const comment of text.match(/#.*/g) ?? []) expect(written).toContain(comment);
    const before = readWaivers(text, 'w.yaml');
    const after = readWaivers(written, 'w.yaml');
    expect(after.slice(0, before.length).map(({ where: _where, ...rest }) => rest)).toEqual(
      before.map(({ where: _where, ...rest }) => rest),
    );
    expect(after.slice(before.length)).toMatchObject([waiver, { subject: 'b', link: 'https://t.example/1' }]);
    expect(written.includes('\r\n')).toBe(text.includes('\r\n'));
    expect(written.replaceAll('\r\n', '')).not.toContain('\r');
  });

  test('texts of any kind are read again as they were typed', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((one) => one.trim() !== '');
    fc.assert(
      fc.property(text, text, (reason, subject) => {
        fc.pre(!/[*?]/.test(subject));
        const [read] = readWaivers(addWaivers(null, 'w.yaml', [{ ...waiver, reason, subject }]), 'w.yaml');
        expect([read?.reason, read?.subject]).toEqual([reason, subject]);
      }),
      { numRuns: 200 },
    );
  });

  test('an id that would be read as a pattern is refused', () => {
    expect(() => addWaivers(null, 'w.yaml', [{ ...waiver, subject: 'module.a["*"]' }])).toThrow(/pattern/);
  });

  test.each([['bercail: config/v1\n'], ['waivers: {}\n'], ['waivers:\n  - rule: 1\n'], [': ]\n']])(
    'a file that is no file of waivers is left alone: %j',
    (text) => {
      expect(() => addWaivers(text, 'w.yaml', [waiver])).toThrow();
    },
  );
});
