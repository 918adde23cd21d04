/** The time of a call as RFC 3339 UTC, to the second. Everything that needs the time is handed one. */
export type Clock = () => string;

export const systemClock: Clock = () => toSeconds(new Date());

/** A clock that stands still: reproducible recordings and tests. `at` is RFC 3339. */
export function fixedClock(at: string): Clock {
  const time = toSeconds(new Date(at));
  return () => time;
}

function toSeconds(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
