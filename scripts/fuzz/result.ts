import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderReport } from '../../src/command/render.ts';
import { diffResults } from '../../src/diff/diff.ts';
import { diffFormats } from '../../src/diff/render.ts';
import { loadMessages } from '../../src/io/content.ts';
import { parseResult } from '../../src/io/result.ts';
import { root } from '../../src/io/root.ts';
import { redactResult } from '../../src/redact/redact.ts';
import { createMessages } from '../../src/report/message.ts';
import { outcomeOf } from './machine/outcome.ts';
import type { Target } from './machine/target.ts';

const name = 'tests/golden/report/result-2018.fr.json.json';
/** Those that take milliseconds; every so many inputs get one of the others. */
const formats = [
  'text',
  'sarif',
  'junit',
  'gitlab',
  'github',
  'markdown',
  'csv',
  'json',
  'ocsf',
  'registers',
];
const slow = ['html', 'dpv', 'pia', 'oscal', 'xlsx', 'docx'];

/** Results that somebody wrote: reported, compared and redacted, or refused. */
export const target: Target = {
  seeds: () => [{ name, form: 'json', text: readFileSync(join(root, name), 'utf8') }],
  start: async () => {
    const known = parseResult(readFileSync(join(root, name), 'utf8'), name);
    const messages = createMessages('en', loadMessages('en'));
    const key = createHash('sha256').update('fuzz').digest();
    return ({ text }, index) =>
      outcomeOf(async () => {
        const result = parseResult(text, 'input.json');
        const among = index % 25 === 0 ? slow : formats;
        const format = among[(index / (index % 25 === 0 ? 25 : 1)) % among.length] ?? 'text';
        await renderReport(result, format, index % 2 === 0 ? 'fr' : 'en');
        const render = Object.values(diffFormats)[index % Object.keys(diffFormats).length];
        render?.(diffResults(known, result), messages, 'en');
        render?.(diffResults(result, known), messages, 'en');
        redactResult(result, 'public', key);
        return format;
      });
  },
};
