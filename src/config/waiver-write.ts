import { BercailError } from '../error.ts';
import { isGlob } from '../inventory/glob.ts';
import { appendToList } from './append.ts';
import { readWaivers, type Waiver } from './waiver.ts';

/** A waiver as `bercail browse` writes it. Days are YYYY-MM-DD. */
export type NewWaiver = Pick<Waiver, 'rule' | 'subject' | 'reason' | 'approved_by' | 'expires'> & {
  readonly approved_on: string;
  readonly link?: string;
};

/**
 * A file of waivers with more at its end; everything else, comments too, stays. `text` is null for a new file.
 * @throws BercailError `input` for a file that is no file of waivers, `usage` for a subject that would be read as a
 * pattern, and accept more than what it names
 */
export function addWaivers(text: string | null, file: string, entries: readonly NewWaiver[]): string {
  const pattern = entries.find(({ subject }) => isGlob(subject));
  if (pattern)
    throw new BercailError('usage', {
      message: `the id ${pattern.subject} holds * or ?, which a waiver reads as a pattern`,
      hint: 'write this waiver by hand, once you have seen what else it accepts',
    });
  const before = text === null || text.trim() === '' ? [] : readWaivers(text, file);
  const written = appendToList(text, file, entries, {
    key: 'waivers',
    format: 'waivers/v1',
    head: '# Accepted failures, each with a reason, an approver and a last day; `bercail browse` adds to them.\n',
    isBare: true,
  });
  // What cannot be read again as it was meant is not written.
  const after = readWaivers(written, file);
  const added = after.slice(before.length);
  const isRight =
    after.length === before.length + entries.length &&
    before.every(({ rule, subject, expires }, index) => {
      const now = after[index];
      return now?.rule === rule && now.subject === subject && now.expires === expires;
    }) &&
    entries.every(({ rule, subject, reason, expires }, index) => {
      const now = added[index];
      return (
        now?.rule === rule && now.subject === subject && now.reason === reason && now.last_day === expires
      );
    });
  if (!isRight) throw new BercailError('internal', { message: `${file} would not be read as it was meant` });
  return written;
}
