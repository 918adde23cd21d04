import type { Language, Result } from '../result/result.ts';
import type { Messages } from './message.ts';

/** The cities of a result in the reader's language, as texts that `createMessages` takes beside its table. */
export function cityWords({ context }: Result, language: Language): ReadonlyMap<string, string> {
  return new Map(
    context?.cities?.flatMap(({ id, name }) => {
      const text = name[language];
      return text === undefined ? [] : [[keyOf(id), text] as const];
    }),
  );
}

/** A city in the reader's language; as it is where it has one name. */
export function cityName(city: string, messages: Messages): string {
  const key = keyOf(city);
  const name = messages(key);
  return name === key ? city : name;
}

function keyOf(city: string): string {
  return `city.${city}`;
}
