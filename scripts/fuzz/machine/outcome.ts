import { BercailError } from '../../../src/error.ts';
import type { Examined } from './target.ts';

/** What work came to: its own word, or that it was refused; anything but a refusal in words is a flaw. */
export async function outcomeOf(work: () => string | Promise<string>): Promise<Examined> {
  try {
    return { outcome: await work(), flaw: null };
  } catch (error) {
    return { outcome: 'refused', flaw: flawOf(error) };
  }
}

/** An input error tells what is wrong; anything else is a defect, and so is one that quotes a stack. */
export function flawOf(error: unknown): string | null {
  if (!(error instanceof BercailError) || error.code === 'internal')
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (/\n\s+at .*:\d+:\d+/.test(error.message)) return `a stack is told: ${error.message}`;
  return isUnprintable(error.message) ? `a terminal would obey: ${JSON.stringify(error.message)}` : null;
}

/** What moves a cursor, changes a colour or turns text around. */
export function isUnprintable(text: string): boolean {
  return /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u.test(text);
}
