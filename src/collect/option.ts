import type { Options } from './collector.ts';

/** A text of a source's configuration; null where it is left out or empty. */
export function textOption(options: Options, name: string): string | null {
  const value = options[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A whole number above zero; null where it is left out. */
export function countOption(options: Options, name: string): number | null {
  const value = options[name];
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null;
}

/** A list of texts; null where it is left out, or is `all`. */
export function listOption(options: Options, name: string): readonly string[] | null {
  const value = options[name];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : null;
}
