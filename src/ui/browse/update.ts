import type { BrowseEvent, Step } from './event.ts';
import { choicesOf } from './filter.ts';
import { onDetail } from './key/detail.ts';
import { onFilter, onSearch } from './key/filter.ts';
import { onForm } from './key/form.ts';
import { moved } from './key/move.ts';
import { onRows } from './key/rows.ts';
import { type Browse, listHeight, moveTo, refilter } from './state.ts';

/** One event more: the next state, and what the world is asked. Pure. */
export function update(state: Browse, event: BrowseEvent): Step {
  switch (event.kind) {
    case 'resize':
      return [moveTo({ ...state, size: event.size }, state.cursor), []];
    case 'told':
      return [{ ...state, note: event.note }, []];
    case 'said':
      return [{ ...state, mode: { kind: 'text', text: event.text } }, []];
    case 'waived':
      return [markWaived(state, event), []];
    case 'key':
      if (event.key === '<ctrl-c>') return [state, [{ kind: 'quit' }]];
      return onKey({ ...state, note: null }, event.key, event.last);
  }
}

function onKey(state: Browse, key: string, last: number): Step {
  switch (state.mode.kind) {
    case 'rows':
      return onRows(state, key);
    case 'detail':
      return onDetail(state, state.mode.top, key, last);
    case 'search':
      return [onSearch(state, state.mode.before, key), []];
    case 'filter':
      return [onFilter(state, state.mode.cursor, key), []];
    case 'form':
      return onForm(state, state.mode.form, key);
    case 'help': {
      const top = moved(state.mode.top, key, { last, page: listHeight(state.size) });
      return [{ ...state, mode: top === null ? { kind: 'rows' } : { kind: 'help', top } }, []];
    }
    case 'text':
      return [{ ...state, mode: { kind: 'rows' } }, []];
  }
}

/** What was accepted a moment ago shows so, although the result was written before. */
function markWaived(
  state: Browse,
  { targets, waiver, note }: Extract<BrowseEvent, { kind: 'waived' }>,
): Browse {
  const waived = new Set(targets);
  const entries = state.entries.map((entry, index) =>
    waived.has(index) ? { ...entry, status: 'waived' as const, waiver } : entry,
  );
  return refilter({ ...state, entries, choices: choicesOf(entries), marked: new Set(), note });
}
