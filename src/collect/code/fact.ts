import type { Fact, Json } from '../../inventory/fact.ts';

export type Facts = { readonly [name: string]: Fact };

export function known(value: Json): Fact {
  return { state: 'known', value };
}

export const absent: Fact = { state: 'absent' };

/** What code leaves to something else: another file, the provider, the moment of deployment. */
export function unsaid(note: string): Fact {
  return { state: 'not_collected', note };
}

/** Three-valued as code is: undefined is not known yet, null is not set. */
export function truth(value: boolean | null | undefined, whenUnset: boolean, attribute: string): Fact {
  return value === undefined ? unsaid(`${attribute} is known after apply`) : known(value ?? whenUnset);
}

/** ISO 8601; absent for what is kept for ever (0, or none). */
export function days(value: number | null | undefined, attribute: string): Fact {
  return value === undefined
    ? unsaid(`${attribute} is known after apply`)
    : value === null || value <= 0
      ? absent
      : known(`P${value}D`);
}
