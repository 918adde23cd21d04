import { describe, expect, test } from '@jest/globals';
import { diffResults, newFailures } from '../../src/diff/diff.ts';
import { diffFormats } from '../../src/diff/render.ts';
import type { Finding, Result } from '../../src/result/result.ts';
import { hostile, hostileResult } from '../fixtures/report/hostile.ts';
import { result2018 } from '../fixtures/report/result-2018.ts';
import { languages, messagesOf } from '../report/rendering.ts';

const before = result2018('en');

function withFindings(change: (findings: readonly Finding[]) => readonly Finding[], result = before): Result {
  return { ...result, findings: change(result.findings) };
}

function renderAll(old: Result, now: Result): string[] {
  return languages.flatMap((language) =>
    Object.values(diffFormats).map(
      (render) => render?.(diffResults(old, now), messagesOf(language), language) ?? '',
    ),
  );
}

describe('between two results', () => {
  test('nothing changed when they are the same', () => {
    const diff = diffResults(before, before);
    expect(diff).toMatchObject({ appeared: [], gone: [], changed: [], settings: [] });
    expect(diff.unchanged).toBeGreaterThan(before.findings.length - 1);
  });

  test('a finding that was not there has appeared, and is new when it is not waived', () => {
    const old = withFindings((findings) => findings.slice(1));
    const diff = diffResults(old, before);
    expect(diff.appeared.map(({ id }) => id)).toEqual([before.findings[0]?.id]);
    expect(newFailures(diff)).toHaveLength(1);
    expect(diffResults(before, old).gone).toHaveLength(1);
    expect(newFailures(diffResults(before, old))).toEqual([]);
  });

  test.each<[string, Partial<Finding>]>([
    ['severity', { severity: 'low' }],
    ['message', { message: 'something else' }],
    [
      'waiver',
      { waiver: { reason: 'r', approved_by: 'b', approved_on: null, expires: '2027-01-01', link: null } },
    ],
    ['outcome', { outcome: 'error' }],
  ])('a finding whose %s is not what it was has changed', (field, change) => {
    const [first, ...others] = before.findings as [Finding, ...Finding[]];
    const { changed, appeared, gone } = diffResults(
      before,
      withFindings(() => [{ ...first, ...change }, ...others]),
    );
    expect([changed.map(({ fields }) => fields), appeared, gone]).toEqual([[[field]], [], []]);
  });

  test('a waiver that went makes a failure new', () => {
    const waived = before.findings.find(({ waiver }) => waiver !== null);
    const after = withFindings((findings) => findings.map((one) => ({ ...one, waiver: null })));
    expect(newFailures(diffResults(before, after)).map(({ id }) => id)).toEqual([waived?.id]);
  });

  test('what was unknown and fails now has changed its outcome, and is a new failure', () => {
    const [group] = before.unknowns;
    const rule = group?.rules[0] ?? '';
    const [template] = before.findings as [Finding, ...Finding[]];
    const fails: Finding = {
      ...template,
      id: 'f'.repeat(32),
      rule,
      subject: group?.subject ?? template.subject,
    };
    const after = {
      ...withFindings((findings) => [...findings, fails]),
      unknowns: before.unknowns.map((one) => (one === group ? { ...one, rules: one.rules.slice(1) } : one)),
    };
    const diff = diffResults(before, after);
    expect(diff.changed.map(({ old, new: now }) => [old.outcome, now.outcome])).toEqual([
      ['unknown', 'fail'],
    ]);
    expect(newFailures(diff)).toHaveLength(1);
  });

  test('another policy, day or catalog is told: findings may differ for it alone', () => {
    const after = {
      ...before,
      run: { ...before.run, as_of: '2026-01-01', catalog: { ...before.run.catalog, sha256: '0'.repeat(64) } },
    };
    expect(diffResults(before, after).settings.map(({ name }) => name)).toEqual(['as_of', 'catalog']);
  });

  test('texts in another language are no change', () => {
    expect(
      diffResults(before, result2018('fr')).changed.filter(({ fields }) => fields.includes('message')),
    ).toEqual([]);
  });
});

const unsafe = /[^\P{Cc}\r\n]|\p{Zl}|\p{Zp}|\p{Cs}|(?![\u200c\u200d])\p{Cf}/u;

test.each(Object.keys(hostile) as (keyof typeof hostile)[])(
  'names made of %s stay text in every form',
  (name) => {
    for (const rendered of renderAll(hostileResult(hostile[name]), hostileResult(`${hostile[name]} more`))) {
      expect(unsafe.exec(rendered)?.[0]).toBeUndefined();
      if (!rendered.startsWith('{') && !rendered.startsWith('What') && !rendered.startsWith('Ce qui'))
        expect(rendered).not.toContain('<script');
    }
  },
);
