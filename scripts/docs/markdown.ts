/** GitHub-flavoured Markdown, from texts that may hold anything. */

/** Blocks with a blank line between; what is empty is left out. */
export function blocks(...parts: readonly (string | readonly string[])[]): string {
  return parts.flat().filter(Boolean).join('\n\n');
}

/** How every generated page begins. */
export const generatedMark = '<!-- Generated from ';

/** A whole file. It says what made it, so that nobody edits it by hand. */
export function page(from: string, ...parts: readonly (string | readonly string[])[]): string {
  return `${blocks(`${generatedMark}${from} by "npm run docs": do not edit. -->`, ...parts)}\n`;
}

/** A text as it was written: nothing in it is markup but code between back quotes. */
export function prose(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : escaped(part)))
    .join('')
    .replace(/^([#>+-]|\d+[.)])(?=\s|$)/, (mark) => mark.replace(/(?=.$)/, '\\'));
}

function escaped(text: string): string {
  return text
    .replace(/[\\`*[\]<>|~]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/&(?=#?\w+;)/g, '&amp;');
}

export function code(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  const runs = plain.match(/`+/g) ?? [];
  const quotes = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1);
  return runs.length > 0 ? `${quotes} ${plain} ${quotes}` : `${quotes}${plain}${quotes}`;
}

export function codes(words: Iterable<string>): string {
  return [...words].map(code).join(', ');
}

export function fence(language: string, text: string): string {
  const runs = (text.match(/`{3,}/g) ?? []).map(({ length }) => length + 1);
  const quotes = '`'.repeat(Math.max(3, ...runs));
  return `${quotes}${language}\n${text.replace(/\s+$/, '')}\n${quotes}`;
}

/** `text` is Markdown already; what stands in the address is encoded. */
export function link(text: string, address: string): string {
  return `[${text}](${address.replace(/[\s()<>]/g, (character) => encodeURIComponent(character).replace('(', '%28').replace(')', '%29'))})`;
}

/** Cells are Markdown already. Columns of which every cell is empty are left out; without rows there is no table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const kept = head.map((_, column) => rows.some((row) => (row[column] ?? '') !== ''));
  const line = (cells: readonly string[]): string =>
    `| ${cells
      .filter((_, column) => kept[column])
      .map(cell)
      .join(' | ')} |`;
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows.map((row) => line(head.map((_, column) => row[column] ?? ''))),
  ].join('\n');
}

/** In a table a pipe ends the cell, in code as well. */
function cell(text: string): string {
  return text
    .replace(/\s*\n\s*/g, ' ')
    .replace(/(\\*)\|/g, (whole, slashes: string) => (slashes.length % 2 === 1 ? whole : `${slashes}\\|`));
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item.replaceAll('\n', '\n  ')}`).join('\n');
}

/** The anchor that GitHub gives to a heading. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}
