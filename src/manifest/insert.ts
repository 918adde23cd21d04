import { isMap, isScalar, isSeq, parseDocument, stringify } from 'yaml';
import { BercailError } from '../error.ts';
import type { Tree } from '../inventory/fact.ts';

/** Sections that are maps by name, and those that are lists. */
export type Section = 'organisations' | 'datasets' | 'assets' | 'activities' | 'flows';

export interface Addition {
  readonly section: Section;
  /** `null` for an entry of a list. */
  readonly key: string | null;
  readonly value: Tree;
  /** Lines above it. */
  readonly comment?: string;
}

// Comments and texts stay on the lines that their author gave them.
const layout = { lineWidth: 0, flowCollectionPadding: false } as const;

/**
 * The text of a manifest with more in it. What was there keeps every byte: order, comments and layout. Whether the whole
 * is still a manifest is for the caller to read.
 * @throws BercailError `input` for a text that is no map, or whose section holds something else
 */
export function addToManifest(text: string, file: string, additions: readonly Addition[]): string {
  const isWindows = text.includes('\r\n');
  let now = isWindows ? text.replaceAll('\r\n', '\n') : text;
  for (const section of new Set(additions.map((one) => one.section)))
    now = addTo(
      now,
      file,
      section,
      additions.filter((one) => one.section === section),
    );
  return isWindows ? now.replaceAll('\n', '\r\n') : now;
}

function addTo(text: string, file: string, section: Section, additions: readonly Addition[]): string {
  const document = parseDocument(text);
  const root = document.contents;
  if (document.errors.length > 0 || !isMap(root))
    throw new BercailError('input', {
      message: `${file} is not a manifest`,
      hint: 'expected bercail: manifest/v1',
    });
  const value = root.get(section, true);
  if (value === undefined || value === null || isEmpty(value)) {
    // An empty section gives way: it stands where its author put it, but cannot hold anything.
    const pair = root.items.find(({ key }) => isScalar(key) && key.value === section);
    const from = isScalar(pair?.key) ? (pair.key.range?.[1] ?? 0) : 0;
    const block = blockOf(additions, '  ');
    if (from === 0) return `${text.replace(/(?<!\n)\n*$/, '\n')}\n${section}:\n${block}`;
    const colon = text.indexOf(':', from) + 1;
    const end = lineEnd(text, colon);
    const comment = /#.*$/s.exec(text.slice(colon, end))?.[0];
    return `${text.slice(0, colon)}${comment === undefined ? '' : ` ${comment}`}\n${block}${text.slice(end + 1)}`;
  }
  if ((isMap(value) || isSeq(value)) && value.flow !== true && value.range) {
    const [start, end] = value.range;
    const at = end > 0 && text[end - 1] === '\n' ? end : lineEnd(text, end) + 1;
    const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
    const before = text.slice(0, at);
    return `${before}${before.endsWith('\n') ? '' : '\n'}${blockOf(additions, indent)}${text.slice(at)}`;
  }
  if (!isMap(value) && !isSeq(value))
    throw new BercailError('input', {
      message: `${section} of ${file} is not a list of things`,
      hint: 'mend it first',
    });
  // Between braces there is no room for comments: the section is written anew, one entry a line.
  value.flow = false;
  for (const { key, value: entry } of additions) {
    if (isMap(value)) value.set(key, document.createNode(entry));
    else value.add(document.createNode(entry));
  }
  return document.toString(layout);
}

/** `{}`, `[]`, nothing, `unknown` or `none`: a section without anything in it. */
function isEmpty(value: unknown): boolean {
  if (isMap(value) || isSeq(value)) return value.items.length === 0;
  return isScalar(value) && [null, 'unknown', 'none', false].includes(value.value as string | null);
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function blockOf(additions: readonly Addition[], indent: string): string {
  return additions
    .map(({ key, value, comment }) => {
      const told = comment === undefined ? '' : comment.replace(/^/gm, '# ') + '\n';
      return told + entryText(key, value);
    })
    .join('')
    .replace(/^(?=.)/gm, indent);
}

/** One entry as YAML; things of a few words stay on one line. */
export function entryText(key: string | null, value: Tree): string {
  const document = parseDocument(stringify(key === null ? [value] : { [key]: value }, layout));
  const visit = (node: unknown, depth: number): void => {
    if (!isMap(node) && !isSeq(node)) return;
    if (depth > 1 && JSON.stringify(node).length < 90) node.flow = true;
    else
      node.items.forEach((item) => visit(isMap(node) ? (item as { value: unknown }).value : item, depth + 1));
  };
  visit(document.contents, 0);
  return document.toString(layout);
}
