import type { Step } from '../event.ts';
import { exportForm, waiveForm } from '../form.ts';
import { type Browse, currentEntry, targetsOf } from '../state.ts';

/** What can be asked of the list and of the detail alike. */
export function command(state: Browse, key: string): Step {
  const targets = targetsOf(state);
  switch (key) {
    case 'w':
      return [{ ...state, mode: { kind: 'form', form: waiveForm(targets) } }, []];
    case 'e': {
      const all = state.marked.size > 0 ? targets : state.shown;
      return [{ ...state, mode: { kind: 'form', form: exportForm(all) } }, []];
    }
    case 'y':
      return [state, [{ kind: 'copy', ids: targets.flatMap((target) => state.entries[target]?.id ?? []) }]];
    case 'o':
      return openLaw(state, 0);
    default:
      return /^[1-9]$/.test(key) ? openLaw(state, Number(key) - 1) : [state, []];
  }
}

function openLaw(state: Browse, position: number): Step {
  const entry = state.entries[currentEntry(state) ?? -1];
  const url = (entry?.finding?.law ?? []).filter((law) => law.url !== null)[position]?.url ?? null;
  return [state, url === null ? [] : [{ kind: 'open', url }]];
}
