import type { Text } from '../../inventory/noun.ts';
import type { ResultContext } from '../../result/context.ts';
import type { FindingPlace, Language, Result } from '../../result/result.ts';
import { cityName } from '../city.ts';
import type { MessageValues } from '../fill.ts';
import type { Messages } from '../message.ts';
import { visible } from '../visible.ts';
import { dayText, listText, typeset } from './typography.ts';

/** How a story is told: its words, and the notes that it looks things up in. */
export interface Teller {
  readonly language: Language;
  readonly result: Result;
  /** Null for results of versions that did not write one. */
  readonly context: ResultContext | null;
  /** A message of Bercail, typeset. Values are typeset with it. */
  readonly say: (key: string, values?: MessageValues) => string;
  /** The message for a word of a list; a word that no list has is shown as it is. */
  readonly word: (list: string, value: string) => string;
  /** Prose of rules, manifests and people, typeset. */
  readonly prose: (text: string) => string;
  /** Ids, codes, calls: as they are, what could mislead made visible. */
  readonly code: (text: string) => string;
  readonly text: (text: Text, fallback: string) => string;
  readonly day: (day: string) => string;
  readonly list: (items: readonly string[]) => string;
  /** The first of many and how many others: where a table, the workbook or the data has them all. */
  readonly few: (items: readonly string[]) => string;
  readonly number: (value: number) => string;
  readonly country: (code: string) => string;
  readonly organisation: (id: string) => string;
  readonly dataset: (id: string) => string;
  readonly rule: (id: string) => string | null;
  readonly place: (place: Pick<FindingPlace, 'city' | 'countries' | 'region'>) => string;
}

/** Names that a sentence or a cell can bear. */
const fewest = 6;

export function createTeller(result: Result, language: Language, messages: Messages): Teller {
  const context = result.context ?? null;
  const numbers = new Intl.NumberFormat(language);
  const countries = new Map(context?.countries.map(({ id, name }) => [id, name]));
  const organisations = new Map(context?.organisations.map(({ id, name }) => [id, name]));
  const datasets = new Map(context?.datasets.map(({ id, title }) => [id, title]));
  const rules = new Map(context?.rules.map(({ id, title }) => [id, title]));
  const prose = (text: string): string => typeset(text, language);
  const text = (of: Text, fallback: string): string => prose(of[language] ?? of.fr ?? of.en ?? fallback);
  const titled = (titles: ReadonlyMap<string, Text>, id: string): string | null => {
    const title = titles.get(id);
    return title ? text(title, id) : null;
  };
  const country = (code: string): string =>
    code === 'ZZ' ? prose(messages('place.countries_unsaid')) : (titled(countries, code) ?? visible(code));
  return {
    language,
    result,
    context,
    prose,
    text,
    country,
    say: (key, values) => prose(messages(key, values)),
    word(list, value) {
      const key = `${list}.${value}`;
      const said = messages(key);
      return prose(said === key ? value : said);
    },
    code: visible,
    day: (day) => dayText(visible(day), language),
    list: (items) => listText(items, language),
    few: (items) =>
      listText(
        items.length <= fewest + 1
          ? items
          : [...items.slice(0, fewest), prose(messages('more.others', { count: items.length - fewest }))],
        language,
      ),
    number: (value) => numbers.format(value),
    organisation: (id) => prose(organisations.get(id) ?? id),
    dataset: (id) => titled(datasets, id) ?? prose(id),
    rule: (id) => titled(rules, id),
    place({ city: found, countries: codes }) {
      const city = found === null ? null : cityName(found, messages);
      const named = codes.map(country).join(', ');
      if (named === '')
        return city === null
          ? prose(messages('place.unknown'))
          : `${prose(city)} (${prose(messages('place.country_unknown'))})`;
      return city === null || prose(city) === named ? named : `${prose(city)} (${named})`;
    },
  };
}
