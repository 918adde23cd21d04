import type { Entry } from './entry.ts';
import { type Choice, choicesOf, type Filters, noFilters, select } from './filter.ts';
import type { Form } from './form.ts';
import { isBranch, type Row, treeRows } from './tree.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What the keys mean at the moment. */
export type Mode =
  | { readonly kind: 'rows' }
  | { readonly kind: 'detail'; readonly top: number }
  | { readonly kind: 'search'; readonly before: string }
  | { readonly kind: 'filter'; readonly cursor: number }
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'help'; readonly top: number }
  /** A text to read, such as an address: any key takes it away. */
  | { readonly kind: 'text'; readonly text: string };

export interface Note {
  readonly text: string;
  readonly tone: 'good' | 'bad';
}

/** All that the screen shows follows from this. */
export interface Browse {
  readonly entries: readonly Entry[];
  readonly choices: readonly Choice[];
  readonly size: Size;
  readonly query: string;
  readonly filters: Filters;
  /** Positions of the entries that pass the filters and the search. */
  readonly shown: readonly number[];
  readonly layout: 'list' | 'tree';
  /** Keys of the open branches. */
  readonly open: ReadonlySet<string>;
  /** The lines of the tree; null for the list, whose lines are those shown. */
  readonly tree: readonly Row[] | null;
  readonly cursor: number;
  /** The first line on the screen. */
  readonly top: number;
  readonly marked: ReadonlySet<number>;
  readonly mode: Mode;
  readonly note: Note | null;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Where waivers are written, for the form to say. */
  readonly waiverFile: string;
}

export interface BrowseSetting extends Pick<Browse, 'entries' | 'size' | 'today' | 'waiverFile'> {
  /** Everything at first; else what passes and does not apply is filtered out, until the filter says otherwise. */
  readonly all: boolean;
}

export function startBrowse({ all, ...setting }: BrowseSetting): Browse {
  const kept = setting.entries
    .map(({ status }) => status)
    .filter((status) => status !== 'pass' && status !== 'not_applicable');
  const isPartial = !all && kept.length > 0 && kept.length < setting.entries.length;
  return refilter({
    ...setting,
    choices: choicesOf(setting.entries),
    query: '',
    filters: isPartial ? { ...noFilters, status: new Set(kept) } : noFilters,
    shown: [],
    layout: 'list',
    open: new Set(),
    tree: null,
    cursor: 0,
    top: 0,
    marked: new Set(),
    mode: { kind: 'rows' },
    note: null,
  });
}

/** Lines beside the list: the title, the filters, the heads of the columns, the message, the keys. */
const FRAME = 5;

export function listHeight({ rows }: Size): number {
  return Math.max(1, rows - FRAME);
}

export function rowCount({ tree, shown }: Browse): number {
  return tree?.length ?? shown.length;
}

export function rowAt({ tree, shown }: Browse, position: number): Row | undefined {
  if (tree) return tree[position];
  const entry = shown[position];
  return entry === undefined ? undefined : { entry, depth: 0 };
}

/** The entry under the cursor; null on a branch, and where there is none. */
export function currentEntry(state: Browse): number | null {
  const row = rowAt(state, state.cursor);
  return row === undefined || isBranch(row) ? null : row.entry;
}

/** What a command is about: what is marked, else what is under the cursor. */
export function targetsOf(state: Browse): readonly number[] {
  if (state.marked.size > 0) return [...state.marked].sort((a, b) => a - b);
  const row = rowAt(state, state.cursor);
  if (row === undefined) return [];
  return isBranch(row) ? row.members : [row.entry];
}

/** The lines anew, after a filter, the search, the layout or what is open has changed; the cursor stays on its entry. */
export function refilter(state: Browse, { isSame = false, isNarrower = false } = {}): Browse {
  const { entries, filters, query, layout, open } = state;
  const shown = isSame ? state.shown : select(entries, filters, query, isNarrower ? state.shown : undefined);
  const next: Browse = {
    ...state,
    shown,
    tree: layout === 'tree' ? treeRows(entries, shown, open) : null,
  };
  return moveTo(next, isSame ? state.cursor : Math.max(0, positionOf(next, currentEntry(state))));
}

export function positionOf({ tree, shown }: Browse, entry: number | null): number {
  if (entry === null) return -1;
  return tree ? tree.findIndex((row) => !isBranch(row) && row.entry === entry) : shown.indexOf(entry);
}

/** The cursor on a line that is there, and that line on the screen. */
export function moveTo(state: Browse, position: number): Browse {
  const last = rowCount(state) - 1;
  const cursor = Math.max(0, Math.min(position, last));
  const height = listHeight(state.size);
  const top = Math.max(
    0,
    Math.min(Math.max(state.top, cursor - height + 1), cursor, Math.max(0, last - height + 1)),
  );
  return { ...state, cursor, top };
}
