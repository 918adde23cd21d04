import type { CollectEvent } from './collect/event.ts';

export type Phase = 'read' | 'collect' | 'judge' | 'measure' | 'write';

/** What a long run tells who watches it. */
export type RunEvent =
  | { readonly kind: 'phase'; readonly phase: Phase; readonly detail?: string }
  | CollectEvent;
