import { placesOf } from '../../../src/report/describe.ts';
import type { Finding, Language, Result } from '../../../src/result/result.ts';
import { entriesOf } from '../../../src/ui/browse/entry.ts';
import type { Effect } from '../../../src/ui/browse/event.ts';
import { type Browse, type BrowseSetting, startBrowse } from '../../../src/ui/browse/state.ts';
import { update } from '../../../src/ui/browse/update.ts';
import type { Look } from '../../../src/ui/browse/view/look.ts';
import { drawScreen } from '../../../src/ui/browse/view/screen.ts';
import { result2018 } from '../../fixtures/report/result-2018.ts';
import { messagesOf } from '../../report/rendering.ts';

export function lookOf(result: Result, language: Language = 'en'): Look {
  const { run, summary } = result;
  return { messages: messagesOf(language), language, run, gate: summary.gate, places: placesOf(result) };
}

export function browse(result: Result = result2018('en'), more: Partial<BrowseSetting> = {}): Browse {
  return startBrowse({
    entries: entriesOf(result, messagesOf('en')),
    all: false,
    size: { columns: 80, rows: 24 },
    today: '2026-11-22',
    waiverFile: 'waivers.yaml',
    ...more,
  });
}

/** The state after keys, and all that was asked of the world meanwhile. A text of several characters is typed. */
export function press(
  state: Browse,
  keys: readonly string[],
  result: Result = result2018('en'),
): { readonly state: Browse; readonly effects: readonly Effect[] } {
  const effects: Effect[] = [];
  let now = state;
  for (const key of keys.flatMap((one) => (/^<[a-z-]+>$/.test(one) ? [one] : Array.from(one)))) {
    const { last } = drawScreen(now, lookOf(result));
    const [next, asked] = update(now, { kind: 'key', key, last });
    effects.push(...asked);
    now = next;
  }
  return { state: now, effects };
}

export function screenText(
  state: Browse,
  result: Result = result2018('en'),
  language: Language = 'en',
): string[] {
  return drawScreen(state, lookOf(result, language)).lines.map((line) =>
    line
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );
}

/** The result of 2018 with so many findings alike. */
export function withFindings(count: number): Result {
  const result = result2018('en');
  const template = result.findings.find(({ rule }) => rule === 'LOC-01') as Finding;
  const findings = Array.from({ length: count }, (_, index) => ({
    ...template,
    id: index.toString(16).padStart(32, '0'),
    subject: { type: 'holding' as const, id: `results@bucket-${index}`, label: `bucket-${index}` },
  }));
  return { ...result, findings };
}
