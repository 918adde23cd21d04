import type { Step } from '../event.ts';
import { type Browse, moveTo, rowAt } from '../state.ts';
import { isBranch } from '../tree.ts';
import { command } from './command.ts';
import { moved } from './move.ts';

export function onDetail(state: Browse, top: number, key: string, last: number): Step {
  const scrolled = moved(top, key, { last, page: state.size.rows - 3 });
  if (scrolled !== null) return [{ ...state, mode: { kind: 'detail', top: scrolled } }, []];
  switch (key) {
    case 'q':
    case 'h':
    case '<left>':
    case '<escape>':
    case '<enter>':
      return [{ ...state, mode: { kind: 'rows' } }, []];
    case 'n':
    case 'p': {
      const step = key === 'n' ? 1 : -1;
      let at = state.cursor + step;
      while (isBranch(rowAt(state, at))) at += step;
      const isThere = rowAt(state, at) !== undefined;
      return [isThere ? { ...moveTo(state, at), mode: { kind: 'detail', top: 0 } } : state, []];
    }
    default:
      return command(state, key);
  }
}
