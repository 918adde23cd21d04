import { toUnknown, type Unknown } from '../cel/value.ts';
import { afterOrSame } from '../day.ts';
import { missing } from '../view/lift.ts';

/** Whether a day falls within `from` and `to`, days included; a null end is open. */
export function during(
  { from, to }: { readonly from?: unknown; readonly to?: unknown },
  day: string,
  path: string,
): boolean | Unknown {
  const started = from === null ? true : typeof from === 'string' ? afterOrSame(day, from) : null;
  const ended =
    to === null
      ? false
      : typeof to === 'string'
        ? afterOrSame(to, day) === null
          ? null
          : !afterOrSame(to, day)
        : null;
  if (started === false || ended === true) return false;
  return started === null || ended === null ? toUnknown(missing('not_asked'), path) : true;
}
