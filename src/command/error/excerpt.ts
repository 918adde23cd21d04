import { readFileSync, statSync } from 'node:fs';
import stringWidth from 'string-width';
import type { Position } from '../../error.ts';
import { looksLikeOurs } from '../../input/detect.ts';
import { printable } from '../../yaml/quote.ts';

const maxBytes = 10 * 1024 * 1024;
/** What is shown of a long line, before its mark and in all. */
const before = 60;
const width = 100;

export interface Excerpt {
  readonly line: string;
  readonly mark: string;
}

/** Reads files one time each, for all the problems in them. */
export function excerpts(
  read: (file: string) => string | null = readOwn,
): (where: Position) => Excerpt | null {
  const files = new Map<string, readonly string[] | null>();
  return ({ file, line, column }) => {
    let lines = files.get(file);
    if (lines === undefined) {
      const text = read(file);
      lines = text === null || !isOurs(text) ? null : text.split(/\r\n|\n|\r/);
      files.set(file, lines);
    }
    const text = lines?.[line - 1];
    return text === undefined || text.trim() === '' ? null : excerptOf(text, column);
  };
}

/**
 * Only what people write for Bercail is quoted: manifests, configurations, policies, rules, waivers. Plans, templates and
 * samples may hold secrets, or data of pupils.
 */
function isOurs(text: string): boolean {
  return looksLikeOurs(text) || /^(?:basis|extends|packs|approved_by|-?[ \t]*rule)\s*:/m.test(text);
}

function excerptOf(text: string, column: number): Excerpt {
  const at = Math.min(column - 1, text.length);
  const from = at > before ? at - before : 0;
  const marked = /^(?:"[^"]*"|'[^']*'|[^\s:,{}[\]]+)/.exec(text.slice(at))?.[0] ?? text[at] ?? '';
  const cut = (part: string): string => printable(part.replaceAll('\t', ' '), Number.MAX_SAFE_INTEGER);
  const head = `${from > 0 ? '…' : ''}${cut(text.slice(from, at))}`;
  const tail = text.slice(at, at + width - (at - from));
  const end = at + tail.length < text.length ? '…' : '';
  const length = Math.max(1, stringWidth(cut(marked.slice(0, tail.length))));
  return {
    line: `${head}${cut(tail)}${end}`,
    mark: `${' '.repeat(stringWidth(head))}${'^'.repeat(length)}`,
  };
}

function readOwn(file: string): string | null {
  try {
    const stats = statSync(file);
    return stats.isFile() && stats.size <= maxBytes ? readFileSync(file, 'utf8') : null;
  } catch {
    return null;
  }
}
