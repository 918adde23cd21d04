import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createElement } from 'react';
import { root } from '../../src/io/root.ts';
import { createMessages, type MessageTable } from '../../src/report/message.ts';
import type { Finding, Result } from '../../src/result/result.ts';
import { entriesOf } from '../../src/ui/browse/entry.ts';
import { startBrowse } from '../../src/ui/browse/state.ts';
import { update } from '../../src/ui/browse/update.ts';
import type { Look } from '../../src/ui/browse/view/look.ts';
import { drawScreen } from '../../src/ui/browse/view/screen.ts';

const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
const cities = ['Dublin', 'Paris', 'Frankfurt', 'Stockholm', 'N. Virginia'];

/** Keys of a session over many findings: milliseconds from a key to the lines of its frame, and to ink's frame. */
export async function run([findings = '100000', rows = '50']: readonly string[] = []): Promise<void> {
  const table = JSON.parse(readFileSync(join(root, 'messages/en.json'), 'utf8')) as MessageTable;
  const messages = createMessages('en', table);
  const result = resultOf(Number(findings));
  const size = { columns: 160, rows: Number(rows) };
  const began = performance.now();
  const entries = entriesOf(result, messages);
  const start = startBrowse({ entries, size, all: true, today: '2026-11-22', waiverFile: 'waivers.yaml' });
  console.log(`${findings} findings, ${size.columns} × ${rows}: ready in ${ms(performance.now() - began)}`);
  const { run: about, summary } = result;
  const look: Look = { messages, language: 'en', run: about, gate: summary.gate, places: new Map() };
  let state = start;
  const scripts: readonly (readonly [name: string, keys: readonly string[]])[] = [
    ['down', Array.from({ length: 300 }, () => 'j')],
    ['page down', Array.from({ length: 300 }, () => '<page-down>')],
    ['first and last', Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? 'G' : 'g'))],
    ['search, a letter', ['/', ...Array.from('dublin bucket-99'), '<escape>']],
    ['filter', ['f', 'j', ' ', 'j', ' ', ' ', 'x', '<escape>']],
    ['tree', ['t', 'l', 'j', 'l', 'j', 'l', 'h', 'h', 't']],
    ['mark all', ['*', '*']],
  ];
  for (const [name, keys] of scripts) {
    const times = keys.map((key) => {
      const before = performance.now();
      [state] = update(state, { kind: 'key', key, last: 100 });
      drawScreen(state, look);
      return performance.now() - before;
    });
    times.sort((a, b) => a - b);
    const at = (share: number): number =>
      times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
    console.log(
      `${name.padEnd(18)} median ${ms(at(0.5)).padStart(9)}  p95 ${ms(at(0.95)).padStart(9)}  worst ${ms(at(1)).padStart(9)}`,
    );
  }
  await drawWithInk(state, look);
}

/** What ink adds: layout, and the difference to the frame before. */
async function drawWithInk(state: ReturnType<typeof startBrowse>, look: Look): Promise<void> {
  const { renderToString, Box, Text } = await import('ink');
  const { lines } = drawScreen(state, look);
  const texts = lines.map((line) => line.map(({ text }) => text).join('') || ' ');
  const times = Array.from({ length: 50 }, () => {
    const before = performance.now();
    renderToString(
      createElement(
        Box,
        { flexDirection: 'column' },
        texts.map((text, key) => createElement(Text, { key }, text)),
      ),
      { columns: state.size.columns },
    );
    return performance.now() - before;
  }).sort((a, b) => a - b);
  console.log(
    `a frame by ink     median ${ms(times[25] ?? 0).padStart(9)}  worst ${ms(times.at(-1) ?? 0).padStart(9)}`,
  );
}

function ms(time: number): string {
  return `${time.toFixed(1)} ms`;
}

function resultOf(count: number): Result {
  const law = [
    {
      id: 'gdpr.44',
      label: 'GDPR, art. 44',
      url: 'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
      basis: 'law',
      mark: 'verified',
    },
  ] as const;
  const findings = Array.from(
    { length: count },
    (_, index): Finding => ({
      id: index.toString(16).padStart(32, '0'),
      rule: `LOC-0${index % 9}`,
      name: 'pupil-data-stays-in-france',
      title: 'Pupil data at rest stays in France',
      pack: 'sovereignty',
      outcome: 'fail',
      severity: severities[index % 5] ?? 'info',
      basis: 'demand',
      mark: 'verified',
      contested: false,
      subject: { type: 'holding', id: `results@bucket-${index}`, label: `bucket-${index}` },
      place: { provider: 'aws', region: 'eu-west-1', city: cities[index % 5] ?? null, countries: ['IE'] },
      message: `“Answers and scores” is kept in ${cities[index % 5] ?? ''}, outside France`,
      why: 'Unions ask that pupil data stay on the territory.',
      missing: [],
      path: [{ kind: 'declared', from: 'results', to: `bucket-${index}`, evidence: 'manifest.yaml:31:5' }],
      evidence: [{ source: 'manifest', ref: 'manifest.yaml:31:5', operation: null, at: null, sha256: null }],
      law,
      fix: 'Recreate the store in a region in France, copy the data, then erase the original.',
      waiver: null,
    }),
  );
  const outcomes = { pass: 0, fail: count, unknown: 0, not_applicable: 0, error: 0 };
  const facts = { known: 0, absent: 0, denied: 0, error: 0, not_collected: 0 };
  return {
    schema: 'bercail/result/v1',
    tool: { name: 'bercail', version: '0' },
    run: {
      id: '0',
      started_at: '',
      finished_at: '',
      as_of: '2026-11-22',
      language: 'en',
      policy: { name: 'complet', sha256: '' },
      packs: [],
      catalog: { sha256: '', checked_on: '' },
      sources: [],
    },
    summary: {
      outcomes,
      waived: 0,
      fail_by_severity: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
      gate: { verdict: 'fail', exit_code: 1, reason: '' },
    },
    coverage: { assets: count, evaluated: count, not_applicable: 0, facts, gaps: [] },
    findings,
    unknowns: [],
    warnings: [],
  };
}
