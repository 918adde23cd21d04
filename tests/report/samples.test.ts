import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { runAudit } from '../../src/command/audit.ts';
import { testContext } from '../setup/command.ts';
import { languages } from './rendering.ts';

/** What people read and what other programs take; forms for terminals and pipelines have goldens of their own. */
const format = ['html', 'pdf', 'docx', 'xlsx', 'markdown', 'registers', 'ocsf', 'oscal', 'dpv', 'pia'];
const folder = mkdtempSync(join(tmpdir(), 'bercail-samples-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(languages)(
  'the samples in %s are what the case of 2018 gives',
  async (lang) => {
    const out = join(folder, lang);
    await runAudit(
      ['examples/evaluations-2018'],
      { format, out, lang, asOf: '2018-10-01', failOn: 'never', quiet: true },
      testContext().context,
      false,
    );
    const samples = `reports/samples/${lang}`;
    if (process.env['BERCAIL_UPDATE_GOLDEN'] === '1') {
      rmSync(samples, { recursive: true, force: true });
      mkdirSync(samples, { recursive: true });
      for (const name of readdirSync(out)) writeFileSync(join(samples, name), readFileSync(join(out, name)));
    }
    expect(readdirSync(samples).sort()).toEqual(readdirSync(out).sort());
    const differ = readdirSync(out).filter(
      (name) => !readFileSync(join(out, name)).equals(readFileSync(join(samples, name))),
    );
    expect(differ).toEqual([]);
  },
  120_000,
);
