import { InvalidArgumentError } from 'commander';
import { isDay } from '../yaml/format.ts';

export function day(value: string): string {
  if (!isDay(value)) throw new InvalidArgumentError('expected a real day, such as 2018-10-01.');
  return value;
}

export function count(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('expected a whole number above zero.');
  return number;
}

/** A list written with commas, gathered over repeated options. */
export function list(value: string, before: readonly string[] = []): readonly string[] {
  return [
    ...before,
    ...value
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  ];
}
