import { noFilters, toggle } from '../filter.ts';
import { edited } from '../form.ts';
import { type Browse, listHeight, moveTo, refilter } from '../state.ts';
import { moved } from './move.ts';

export function onSearch(state: Browse, before: string, key: string): Browse {
  if (key === '<enter>') return { ...state, mode: { kind: 'rows' } };
  if (key === '<escape>') return refilter({ ...state, query: before, mode: { kind: 'rows' } });
  if (key === '<up>' || key === '<down>')
    return { ...moveTo(state, state.cursor + (key === '<up>' ? -1 : 1)), mode: { kind: 'rows' } };
  const query = edited(state.query, key);
  if (query === null) return state;
  // More letters find nothing that fewer did not.
  return refilter({ ...state, query }, { isNarrower: query.startsWith(state.query) });
}

export function onFilter(state: Browse, cursor: number, key: string): Browse {
  const to = moved(cursor, key, { last: state.choices.length - 1, page: listHeight(state.size) });
  if (to !== null) return { ...state, mode: { kind: 'filter', cursor: to } };
  const choice = state.choices[cursor];
  if ((key === ' ' || key === '<enter>') && choice)
    return refilter({ ...state, filters: toggle(state.filters, choice) });
  if (key === 'x') return refilter({ ...state, filters: noFilters });
  return ['q', 'f', 'h', '<escape>', '<left>'].includes(key) ? { ...state, mode: { kind: 'rows' } } : state;
}
