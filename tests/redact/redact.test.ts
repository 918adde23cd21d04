import { describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { renderReport } from '../../src/command/render.ts';
import { redactResult } from '../../src/redact/redact.ts';
import { reporters } from '../../src/report/registry.ts';
import type { Finding, Result } from '../../src/result/result.ts';
import { result2018 } from '../fixtures/report/result-2018.ts';

const key = Buffer.from('a key that nobody else has');

/** What a public report may never show, planted wherever a result can hold it. */
const secrets = [
  '123456789012',
  'planted-bucket',
  'planted-db',
  'jeanne.planted@example.org',
  'Jeanne Planted',
  '/home/jplanted',
  'planted-store',
  '9f8e7d6c-1234-4abc-8def-0123456789ab',
  'planted-vm',
];

function planted(language: 'fr' | 'en'): Result {
  const result = result2018(language);
  const arn = 'arn:aws:s3:::planted-bucket';
  const database = 'arn:aws:rds:eu-west-1:123456789012:db:planted-db';
  const azure =
    '/subscriptions/9f8e7d6c-1234-4abc-8def-0123456789ab/resourceGroups/planted-vm-group/providers/x/planted-vm';
  const [first, ...others] = result.findings as [Finding, ...Finding[]];
  const message = `${arn} and Planted-Bucket and ${database}, by jeanne.planted@example.org in 123456789012 (s3://s3.example.org/planted-store) at ${azure}`;
  return {
    ...result,
    run: {
      ...result.run,
      sources: [
        { kind: 'manifest', id: '/home/jplanted/audit/manifest.yaml', sha256: 'a'.repeat(64) },
        { kind: 'aws', id: 'aws 123456789012', sha256: null },
      ],
    },
    findings: [
      {
        ...first,
        subject: { type: 'asset', id: arn, label: 'planted-bucket' },
        message,
        why: message,
        fix: message,
        path: [
          {
            kind: 'replica',
            from: 'reperes/planted-store',
            to: database,
            evidence: '/home/jplanted/audit/manifest.yaml:3:1',
          },
        ],
        evidence: [
          {
            source: 'manifest',
            ref: '/home/jplanted/audit/manifest.yaml:3:1',
            operation: null,
            at: null,
            sha256: 'a'.repeat(64),
          },
        ],
        waiver: {
          reason: 'Jeanne Planted said so',
          approved_by: 'Jeanne Planted',
          approved_on: null,
          expires: '2030-01-01',
          link: null,
        },
      },
      {
        ...first,
        id: 'f'.repeat(32),
        subject: {
          type: 'holding',
          id: 'results@reperes/planted-store',
          label: 'results@reperes/planted-store',
        },
        message: 'planted-store is in Dublin',
      },
      ...others,
    ],
    unknowns: [
      ...result.unknowns,
      {
        subject: { type: 'asset', id: azure, label: azure },
        missing: ['tags'],
        reason: 'denied',
        how: message,
        rules: ['LOC-01'],
        severity: 'high',
      },
    ],
    coverage: {
      ...result.coverage,
      gaps: [
        {
          source: 'aws',
          scope: '123456789012/eu-west-1',
          operation: 's3:GetBucketTagging',
          subject: 'planted-bucket',
          reason: 'denied',
          permission: null,
        },
      ],
    },
    warnings: [message],
    inventory: { assets: [{ id: arn }] },
  };
}

function textOf(format: string, bytes: Uint8Array): string {
  const isZip = format.startsWith('xlsx') || format.startsWith('docx');
  const parts = isZip ? Object.values(unzipSync(bytes)) : [bytes];
  return parts.map((part) => Buffer.from(part).toString('utf8')).join('\n');
}

// The bytes of a PDF are compressed: its text is the story's, as that of HTML is.
const formats = Object.keys(reporters).filter((format) => format !== 'pdf');

test.each(formats.flatMap((format) => (['fr', 'en'] as const).map((language) => ({ format, language }))))(
  'no planted secret is in the public $format in $language, nor inside an XML part of it',
  async ({ format, language }) => {
    const redacted = redactResult(planted(language), 'public', key);
    for (const part of reporters[format]?.parts?.(redacted) ?? [undefined]) {
      const { bytes } = await renderReport(redacted, format, language, undefined, part);
      const text = textOf(format, bytes)
        .replaceAll(/<[^>]*>/g, '')
        .toLowerCase();
      for (const secret of secrets)
        expect([secret, text.includes(secret.toLowerCase())]).toEqual([secret, false]);
    }
  },
);

describe('a redacted result', () => {
  test('for partners hides people and accounts, and keeps the names of resources', () => {
    const text = JSON.stringify(redactResult(planted('en'), 'partner', key));
    expect(text).not.toMatch(/Jeanne|jeanne\.planted|123456789012/);
    expect(text).toContain('planted-bucket');
  });

  test('for insiders is the result', () => {
    const result = planted('en');
    expect(redactResult(result, 'internal', key)).toBe(result);
  });

  test('agrees with another of the same key, and with none of another', () => {
    const twice = [redactResult(planted('en'), 'public', key), redactResult(planted('en'), 'public', key)];
    expect(twice[0]).toEqual(twice[1]);
    const other = redactResult(planted('en'), 'public', Buffer.from('another key, another name'));
    expect(other.findings[0]?.subject.id).not.toBe(twice[0]?.findings[0]?.subject.id);
    expect(other.findings[0]?.id).not.toBe(twice[0]?.findings[0]?.id);
  });

  test('names one thing one way, wherever it stands', () => {
    const { findings } = redactResult(planted('en'), 'public', key);
    const [first, second] = findings;
    const name = /resource-[0-9a-f]{10}/;
    expect(second?.message.match(name)?.[0]).toBe(second?.subject.id.match(name)?.[0]);
    expect(first?.path[0]?.from.match(name)?.[0]).toBe(second?.subject.id.match(name)?.[0]);
  });

  test('keeps what is judged: rules, outcomes, severities, places, law, counts and hashes', () => {
    const before = planted('fr');
    const after = redactResult(before, 'public', key);
    const judged = ({ rule, outcome, severity, basis, place, law }: Finding): unknown => ({
      rule,
      outcome,
      severity,
      basis,
      place,
      law,
    });
    expect(after.findings.map(judged)).toEqual(before.findings.map(judged));
    expect(after.summary).toEqual(before.summary);
    expect(after.findings[0]?.evidence[0]?.sha256).toBe('a'.repeat(64));
  });
});
