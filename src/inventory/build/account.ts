import { type InputAccount, type LeftOutReason, leftOutReasons } from '../account.ts';
import type { Json } from '../fact.ts';
import type { Observation } from '../observation.ts';
import { strings } from './declared.ts';

/** What a reader of infrastructure code says of a whole file; null for what is no such statement. */
export function accountOf({ source, scope, about, outcome }: Observation): InputAccount | null {
  const defined = about?.['defined'] ?? about?.['resources'];
  if (about === undefined || outcome !== 'ok' || typeof defined !== 'number') return null;
  return {
    source,
    file: scope,
    defined,
    assets: numberOf(about['assets']),
    left_out: leftOutReasons.flatMap((reason) => leftOut(reason, about)),
    data_sources: numberOf(about['data_sources']),
  };
}

function leftOut(reason: LeftOutReason, about: { readonly [key: string]: Json }): InputAccount['left_out'] {
  const own = about['left_out_because'] === reason ? about['left_out'] : about[reason];
  const names = strings(own);
  const count = typeof own === 'number' ? own : names.length;
  return count === 0 ? [] : [{ reason, count, names }];
}

function numberOf(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}
