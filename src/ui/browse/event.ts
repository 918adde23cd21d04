import type { WaiverNote } from '../../result/result.ts';
import type { Browse, Note, Size } from './state.ts';

/** A waiver as the form gives it. */
export type NewWaiver = WaiverNote & { readonly approved_on: string };

/** What the screen asks of the world. */
export type Effect =
  | { readonly kind: 'quit' }
  | { readonly kind: 'copy'; readonly ids: readonly string[] }
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'waive'; readonly targets: readonly number[]; readonly waiver: NewWaiver }
  | { readonly kind: 'export'; readonly targets: readonly number[]; readonly file: string };

export type BrowseEvent =
  /** `last`: how far what is scrolled can scroll, as it was drawn. */
  | { readonly kind: 'key'; readonly key: string; readonly last: number }
  | { readonly kind: 'resize'; readonly size: Size }
  | { readonly kind: 'told'; readonly note: Note }
  /** A text that has to be read whole, such as an address that could not be opened. */
  | { readonly kind: 'said'; readonly text: string }
  | {
      readonly kind: 'waived';
      readonly targets: readonly number[];
      readonly waiver: WaiverNote;
      readonly note: Note;
    };

export type Step = readonly [state: Browse, effects: readonly Effect[]];
