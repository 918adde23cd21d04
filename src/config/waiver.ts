import { BercailError, type Position } from '../error.ts';
import { lazyValidator } from '../yaml/ajv.ts';
import { isDay } from '../yaml/format.ts';
import { type ReadOptions, readYaml } from '../yaml/read.ts';
import { validate } from '../yaml/validate.ts';
import { waiversSchema } from './waiver-schema.ts';

/** A failure that someone accepted, until a day. */
export interface Waiver {
  readonly rule: string;
  /** Exact id, or a glob. */
  readonly subject: string;
  readonly reason: string;
  readonly approved_by: string;
  /** YYYY-MM-DD. */
  readonly approved_on: string | null;
  /** As written. */
  readonly expires: string;
  /** The last day (YYYY-MM-DD, included); null when what is written is no day: the waiver counts as expired. */
  readonly last_day: string | null;
  readonly link: string | null;
  readonly where: Position;
}

type Entry = { readonly [field in 'rule' | 'subject' | 'reason' | 'approved_by']: string } & {
  readonly approved_on?: string;
  readonly expires: unknown;
  readonly link?: string;
};

const validator = lazyValidator(() => waiversSchema);

/**
 * Reads a file of waivers: a list, or a map with `waivers`.
 * @throws BercailError `input` with every problem of the file. A malformed `expires` is none: see `last_day`.
 */
export function readWaivers(
  content: string | Uint8Array,
  file: string,
  options: ReadOptions = {},
): readonly Waiver[] {
  const source = readYaml(content, file, options);
  const problems = validate(source, validator());
  if (problems.length > 0) throw new BercailError('input', problems);
  const isList = Array.isArray(source.value);
  const entries = (
    isList ? source.value : (source.value as { readonly waivers: unknown }).waivers
  ) as readonly Entry[];
  return entries.map(({ expires, approved_on = null, link = null, ...entry }, index) => {
    const written = typeof expires === 'string' ? expires : (JSON.stringify(expires) ?? '');
    const where = source.positionOf(isList ? [index] : ['waivers', index]);
    return {
      ...entry,
      approved_on,
      expires: written,
      last_day: isDay(written) ? written : null,
      link,
      where,
    };
  });
}
