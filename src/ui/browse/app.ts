import { Box, render, Text, useApp, useInput, useWindowSize } from 'ink';
import { createElement, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { paintLine } from '../../report/format/text/layout.ts';
import { createPaint } from '../../report/format/text/style.ts';
import type { BrowseEvent, Effect } from './event.ts';
import { keysOf } from './key/name.ts';
import type { Browse } from './state.ts';
import { update } from './update.ts';
import type { Look } from './view/look.ts';
import { drawScreen } from './view/screen.ts';

export interface BrowseProps {
  readonly start: Browse;
  readonly look: Look;
  readonly color: boolean;
  /** Does what the screen asks of the world, and tells what came of it. */
  readonly perform: (effect: Effect, state: Browse) => Promise<BrowseEvent | null>;
}

/** The screen as ink shows it: keys in, the state's lines out. */
export function BrowseApp({ start, look, color, perform }: BrowseProps): ReactNode {
  const { exit } = useApp();
  const size = useWindowSize();
  const [state, setState] = useState(start);
  // Keys may come faster than they are drawn.
  const latest = useRef(start);
  const paint = createPaint(color, false);
  const { lines, last } = drawScreen(state, look);
  const dispatch = useCallback(
    (event: BrowseEvent): void => {
      const [next, effects] = update(latest.current, event);
      latest.current = next;
      setState(next);
      for (const effect of effects) {
        if (effect.kind === 'quit') exit();
        else void perform(effect, next).then((told) => told && dispatch(told));
      }
    },
    [exit, perform],
  );
  useInput((input, key) => {
    for (const one of keysOf(input, key)) dispatch({ kind: 'key', key: one, last });
  });
  useEffect(() => {
    const { columns, rows } = latest.current.size;
    if (columns !== size.columns || rows !== size.rows) dispatch({ kind: 'resize', size });
  }, [size, dispatch]);
  return createElement(
    Box,
    { flexDirection: 'column' },
    lines.map((line, row) =>
      // A line without a character would have no height.
      createElement(Text, { key: row, wrap: 'truncate-end' }, paintLine(line, paint) || ' '),
    ),
  );
}

/** Shows the screen until it is left; the terminal is then as it was. */
export async function runBrowse(props: BrowseProps): Promise<void> {
  const { waitUntilExit } = render(createElement(BrowseApp, props), {
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 60,
  });
  await waitUntilExit();
}
