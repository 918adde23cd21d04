import { fixedClock } from '../../../src/io/clock.ts';
import type { Case } from '../../../src/judge.ts';

/** The day by whose law inputs are judged. */
export const day = '2026-11-01';
export const clock = fixedClock(`${day}T00:00:00Z`);

/** How every input is judged, whatever is in it. */
export const setting: Omit<Case, 'loaded' | 'inputs' | 'policy' | 'observations' | 'sources'> = {
  leftOut: [],
  asOf: day,
  startedAt: clock(),
  clock,
  language: 'fr',
  waivers: [],
  all: false,
  strictWaivers: false,
  includeInventory: true,
};
