import { prose } from './visible.ts';

/**
 * Text as Markdown shows it literally: whatever could start markup, HTML, a link, a mention, a reference to an issue,
 * an emoji or a formula is a character reference. Line breaks become spaces, so that no block can start.
 */
export function markdownText(text: string): string {
  return (
    prose(text)
      .replace(/[&<>"'`*_[\]|~@\\#$!{}]/g, reference)
      .replace(/:(?=\/\/|[\w+-]+:)/g, reference)
      .replace(/(?<=\bwww)\./gi, reference)
      // A block could start where the text does.
      .replace(/^[-+=]/, reference)
      .replace(/^(\d+)([.)])/, (_, digits: string, mark: string) => `${digits}${reference(mark)}`)
  );
}

function reference(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
}
