import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { loadMessages } from '../../src/io/content.ts';
import { parseResult } from '../../src/io/result.ts';
import { root } from '../../src/io/root.ts';
import { placesOf } from '../../src/report/describe.ts';
import { createMessages } from '../../src/report/message.ts';
import { entriesOf } from '../../src/ui/browse/entry.ts';
import type { Effect } from '../../src/ui/browse/event.ts';
import { noFilters } from '../../src/ui/browse/filter.ts';
import { type Browse, refilter, rowCount, startBrowse } from '../../src/ui/browse/state.ts';
import { update } from '../../src/ui/browse/update.ts';
import { drawScreen } from '../../src/ui/browse/view/screen.ts';
import { isUnprintable, outcomeOf } from './machine/outcome.ts';
import { createRandom, type Random } from './machine/random.ts';
import type { Target } from './machine/target.ts';

const name = 'tests/golden/report/result-2018.fr.json.json';
const keys = [
  ...Array.from('jkgGtlh *xf/a?qnpweoy19é\u202e\u0000'),
  ...[
    'page-down',
    'page-up',
    'ctrl-d',
    'ctrl-u',
    'ctrl-w',
    'enter',
    'escape',
    'tab',
    'backspace',
    'left',
    'right',
  ].map((key) => `<${key}>`),
];
const sizes = [0, 1, 2, 20, 80, 119, 120, 400];

/** Results that somebody wrote, with any keys pressed on them: always a screen that fits, and nothing is lost from it. */
export const target: Target = {
  seeds: () => [{ name, form: 'json', text: readFileSync(join(root, name), 'utf8') }],
  start: async () => {
    const messages = createMessages('fr', loadMessages('fr'));
    return ({ text }, index) =>
      outcomeOf(() => {
        const result = parseResult(text, 'input.json');
        const look = {
          messages,
          language: 'fr',
          run: result.run,
          gate: result.summary.gate,
          places: placesOf(result),
        } as const;
        const random = createRandom(29, index);
        const entries = entriesOf(result, messages);
        const all = index % 2 === 0;
        const size = { columns: 80, rows: 24 };
        let state = startBrowse({ entries, all, size, today: '2026-11-22', waiverFile: 'waivers.yaml' });
        for (let turn = 0; turn < 60; turn += 1) {
          const { lines, last } = drawScreen(state, look);
          check(
            state,
            lines.map((line) => line.map((span) => span.text).join('')),
          );
          const [next, effects] = press(state, random, last);
          for (const effect of effects) checkEffect(next, effect);
          state = next;
        }
        const whole = refilter({ ...state, filters: noFilters, query: '' });
        if (whole.shown.length !== entries.length) throw new Error('a finding was lost');
        return state.mode.kind;
      });
  },
};

function press(state: Browse, random: Random, last: number): ReturnType<typeof update> {
  const turn = random.below(20);
  if (turn === 0)
    return update(state, { kind: 'resize', size: { columns: random.pick(sizes), rows: random.pick(sizes) } });
  if (turn === 1) {
    const waiver = { reason: 'r', approved_by: 'a', approved_on: null, link: null, expires: '2027-01-01' };
    const note = { text: 'n', tone: 'good' } as const;
    return update(state, { kind: 'waived', targets: state.shown.slice(0, 2), waiver, note });
  }
  return update(state, { kind: 'key', key: random.pick(keys), last });
}

function check({ size, cursor, top, ...state }: Browse, lines: readonly string[]): void {
  if (lines.length !== size.rows) throw new Error(`${lines.length} lines on ${size.rows} rows`);
  const wide = lines.find((line) => stringWidth(line) > size.columns);
  if (wide !== undefined) throw new Error(`a line wider than ${size.columns}: ${JSON.stringify(wide)}`);
  const odd = lines.find(isUnprintable);
  if (odd !== undefined) throw new Error(`a terminal would obey: ${JSON.stringify(odd)}`);
  const rows = rowCount({ size, cursor, top, ...state });
  if (cursor < 0 || cursor > Math.max(0, rows - 1) || top > cursor)
    throw new Error(`cursor ${cursor} of ${rows}`);
}

function checkEffect({ entries }: Browse, effect: Effect): void {
  if ('targets' in effect && effect.targets.some((target) => entries[target] === undefined))
    throw new Error(`${effect.kind} of what is not there`);
}
