import { createHmac } from 'node:crypto';

export type Kind = 'account' | 'resource' | 'person' | 'address' | 'document' | 'host';

/** A stand-in for a name: the same for the same key, and no way back without it. */
export type Pseudonym = (kind: Kind, name: string) => string;

export function createPseudonym(key: Uint8Array): Pseudonym {
  const known = new Map<string, string>();
  return (kind, name) => {
    const id = `${kind}\0${name.toLowerCase()}`;
    const found =
      known.get(id) ?? `${kind}-${createHmac('sha256', key).update(id).digest('hex').slice(0, 10)}`;
    known.set(id, found);
    return found;
  };
}

/** A name that long is replaced even inside a longer word; a shorter one only where it stands by itself. */
const alone = 6;

/** Replaces every name of a table, the longest first, whatever its case. Time grows with the text, not the table. */
export function createReplacer(names: ReadonlyMap<string, string>): (text: string) => string {
  const table = new Map([...names].map(([name, to]) => [name.toLowerCase(), to]));
  const lengths = [...new Set([...table.keys()].map(({ length }) => length))].sort((a, b) => b - a);
  if (lengths.length === 0) return (text) => text;
  // Most places in a text start no name: two characters tell.
  const starts = new Set([...table.keys()].map((name) => name.slice(0, 2)));
  return (text) => {
    const lower = text.toLowerCase();
    // A letter whose lower case has another length would shift what follows.
    const source = lower.length === text.length ? lower : text;
    let result = '';
    let from = 0;
    for (let at = 0; at < text.length; ) {
      if (!starts.has(source.slice(at, at + 2)) && !starts.has(source[at] ?? '')) {
        at += 1;
        continue;
      }
      const length = lengths.find((one) => {
        const part = source.slice(at, at + one);
        return part.length === one && table.has(part) && (one >= alone || standsAlone(source, at, one));
      });
      if (length === undefined) at += 1;
      else {
        result += text.slice(from, at) + (table.get(source.slice(at, at + length)) ?? '');
        at += length;
        from = at;
      }
    }
    return result + text.slice(from);
  };
}

function standsAlone(text: string, at: number, length: number): boolean {
  return !/[\p{L}\p{N}_]/u.test(text[at - 1] ?? ' ') && !/[\p{L}\p{N}_]/u.test(text[at + length] ?? ' ');
}
