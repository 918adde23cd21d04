import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { runAudit } from '../../src/command/audit.ts';
import { reporterNames } from '../../src/report/names.ts';
import { write } from '../bundle/bundle.ts';
import { testContext } from '../setup/command.ts';
import { programPath } from '../setup/tool.ts';
import { planted, plantProject, secrets } from './planted.ts';

const folder = mkdtempSync(join(tmpdir(), 'bercail-redact-'));
const pdftotext = programPath('pdftotext');
let project: string;
let audienceKey: string;

beforeAll(async () => {
  project = await plantProject(folder);
  audienceKey = write('audience.key', 'thirty-two bytes that nobody has');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every text of a file: the parts of an archive, the pages of a PDF; as it is and without markup. */
function textsOf(path: string): string {
  const bytes = readFileSync(path);
  const parts = /\.(docx|xlsx|zip)$/.test(path)
    ? Object.values(unzipSync(bytes))
    : path.endsWith('.pdf') && pdftotext !== null
      ? [execFileSync(pdftotext, [path, '-'])]
      : [bytes];
  const text = parts.map((part) => Buffer.from(part).toString('utf8')).join('\n');
  return `${text}\n${text.replaceAll(/<[^>]*>/g, '')}`.normalize('NFC').toLowerCase();
}

async function reports(name: string, options: object): Promise<readonly string[]> {
  const out = join(folder, name);
  await runAudit(
    [project],
    { format: reporterNames, out, failOn: 'never', all: true, quiet: true, ...options },
    testContext().context,
    false,
  );
  return readdirSync(out).map((file) => join(out, file));
}

function leaks(files: readonly string[], words: readonly string[]): readonly string[] {
  return files.flatMap((file) => {
    const text = textsOf(file);
    return words
      .filter((word) => text.includes(word.toLowerCase()))
      .map((word) => `${word} in ${file.split('/').at(-1) ?? ''}`);
  });
}

describe('an audit of a project full of secrets', () => {
  test('shows insiders each kind of them: the plant takes', async () => {
    const files = await reports('internal', { lang: 'en', includeInventory: true });
    const all = files.map(textsOf).join('\n');
    const unseen = secrets.filter((secret) => !all.includes(secret.toLowerCase()));
    // What a manifest says of columns, endpoints and signatures, and how a source was reached, is in no result at all.
    expect(unseen).toEqual(['Yann Semeur', 'planted-endpoint.example', 'plantedrole', 'plantedcolumn']);
  }, 60_000);

  test.each(['fr', 'en'] as const)(
    'shows the public none, in no format (%s)',
    async (lang) => {
      const files = await reports(`public-${lang}`, { lang, audience: 'public', audienceKey });
      expect(files.length).toBeGreaterThan(reporterNames.length);
      expect(leaks(files, secrets)).toEqual([]);
    },
    60_000,
  );

  test('shows partners the names of resources, and no person, address or account', async () => {
    const files = await reports('partner', { lang: 'fr', audience: 'partner', audienceKey });
    expect(leaks(files, [...planted.accounts, ...planted.people, ...planted.addresses])).toEqual([]);
    expect(leaks(files, planted.buckets).length).toBeGreaterThan(0);
  }, 60_000);
});
