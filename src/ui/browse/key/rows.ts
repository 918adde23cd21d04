import type { Step } from '../event.ts';
import { noFilters } from '../filter.ts';
import { type Browse, listHeight, moveTo, refilter, rowAt, rowCount } from '../state.ts';
import { isBranch } from '../tree.ts';
import { command } from './command.ts';
import { moved } from './move.ts';

export function onRows(state: Browse, key: string): Step {
  const position = moved(state.cursor, key, { last: rowCount(state) - 1, page: listHeight(state.size) });
  if (position !== null) return [moveTo(state, position), []];
  switch (key) {
    case 'q':
      return [state, [{ kind: 'quit' }]];
    case '<enter>':
    case 'l':
    case '<right>':
      return [enter(state, key === '<enter>'), []];
    case 'h':
    case '<left>':
      return [leave(state), []];
    case '<escape>':
      return [state.query === '' ? { ...state, marked: new Set() } : refilter({ ...state, query: '' }), []];
    case '/':
      return [{ ...state, mode: { kind: 'search', before: state.query } }, []];
    case 'f':
      return [{ ...state, mode: { kind: 'filter', cursor: 0 } }, []];
    case 'x':
      return [refilter({ ...state, filters: noFilters, query: '' }), []];
    case 't':
      return [refilter({ ...state, layout: state.layout === 'tree' ? 'list' : 'tree' }), []];
    case '?':
      return [{ ...state, mode: { kind: 'help', top: 0 } }, []];
    case ' ':
      return [mark(state), []];
    case '*': {
      const isAll = state.shown.every((entry) => state.marked.has(entry));
      return [{ ...state, marked: new Set(isAll ? [] : state.shown) }, []];
    }
    default:
      return command(state, key);
  }
}

function enter(state: Browse, isToggle: boolean): Browse {
  const row = rowAt(state, state.cursor);
  if (row === undefined) return state;
  if (!isBranch(row)) return { ...state, mode: { kind: 'detail', top: 0 } };
  return row.isOpen && !isToggle ? moveTo(state, state.cursor + 1) : fold(state, row.key);
}

/** Closes the branch that the cursor is on or in. */
function leave(state: Browse): Browse {
  const row = rowAt(state, state.cursor);
  if (row === undefined || !state.tree) return state;
  if (isBranch(row) && row.isOpen) return fold(state, row.key);
  for (let above = state.cursor - 1; above >= 0; above -= 1)
    if ((rowAt(state, above)?.depth ?? 0) < row.depth) return moveTo(state, above);
  return state;
}

function fold(state: Browse, key: string): Browse {
  const open = new Set(state.open);
  if (!open.delete(key)) open.add(key);
  return refilter({ ...state, open }, { isSame: true });
}

function mark(state: Browse): Browse {
  const row = rowAt(state, state.cursor);
  if (row === undefined) return state;
  const members = isBranch(row) ? row.members : [row.entry];
  const marked = new Set(state.marked);
  const isAll = members.every((member) => marked.has(member));
  for (const member of members) {
    if (isAll) marked.delete(member);
    else marked.add(member);
  }
  return moveTo({ ...state, marked }, state.cursor + 1);
}
