import { jsonText, type Tree } from '../fact.ts';

/** Tags by lower-case key, with lower-case values. */
export function lowerCase(tags: Tree): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(tags).map(([key, value]) => [key.toLowerCase(), jsonText(value).toLowerCase()]),
  );
}
