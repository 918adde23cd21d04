const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A real day: YYYY-MM-DD, Gregorian, from the year 1000 on. */
export function isDay(text: string): boolean {
  const found = /^([1-9]\d{3})-(\d\d)-(\d\d)$/.exec(text);
  if (!found) return false;
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number];
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (daysOfMonth[month - 1] ?? 0) + (leap ? 1 : 0);
}

/** A day that may be known to the month or the year only: 2016, 2018-09 or 2018-09-26. */
function isPartialDate(text: string): boolean {
  return /^[1-9]\d{3}(-(0[1-9]|1[0-2]))?$/.test(text) || isDay(text);
}

/** A date, or the name of a document; what looks like a date has to be a real one. */
function isDateOrText(text: string): boolean {
  return text.trim() !== '' && (!/^\d{4}(-\d{1,2}){0,2}$/.test(text) || isPartialDate(text));
}

/** ISO 8601: P1Y, P6M, P1Y6M, P30D, PT24H, or weeks P8W. */
function isIsoDuration(text: string): boolean {
  return /^P(?!$)(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?)$/.test(text);
}

function isCountry(text: string): boolean {
  return /^[A-Z]{2}$/.test(text);
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text) && URL.canParse(text);
}

/** Formats of our schemas: the test, and what messages say was expected. */
export const formats: {
  readonly [name: string]: { readonly test: (text: string) => boolean; readonly expected: string };
} = {
  day: { test: isDay, expected: 'a real day such as 2018-09-26' },
  partial_date: { test: isPartialDate, expected: 'a real date (2016, 2018-09 or 2018-09-26)' },
  date_or_text: {
    test: isDateOrText,
    expected: 'a real date (2016, 2018-09 or 2018-09-26) or the name of a document',
  },
  iso_duration: { test: isIsoDuration, expected: 'an ISO 8601 duration such as P1Y or P30D' },
  country: { test: isCountry, expected: 'a country, as two capital letters such as FR' },
  web_address: { test: isWebAddress, expected: 'a web address such as https://example.org' },
};
