/** First and last day that a date as written (`2016`, `2018-09`, `2018-09-26`) may mean. */
function bounds(date: string): readonly [string, string] {
  if (date.length >= 10) return [date.slice(0, 10), date.slice(0, 10)];
  return date.length === 7 ? [`${date}-01`, `${date}-31`] : [`${date}-01-01`, `${date}-12-31`];
}

/** Whether `a` is on or after `b`; null when the dates are too coarse to say. */
export function afterOrSame(a: string, b: string): boolean | null {
  const [firstA, lastA] = bounds(a);
  const [firstB, lastB] = bounds(b);
  if (firstA >= lastB) return true;
  return lastA < firstB ? false : null;
}

const pattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** An ISO 8601 duration in days; a year is 365.2425 days and a month its twelfth, so that P1Y equals P12M. */
export function isoDays(iso: string): number {
  const parts = pattern.exec(iso);
  if (!parts || iso.length < 3) throw new Error(`not an ISO 8601 duration: ${iso}`);
  const [years, months, weeks, days, hours, minutes, seconds] = parts
    .slice(1)
    .map((part) => Number(part ?? 0)) as [number, number, number, number, number, number, number];
  return (
    (years * 12 + months) * (365.2425 / 12) + weeks * 7 + days + (hours + (minutes + seconds / 60) / 60) / 24
  );
}
