import { BercailError, type Position } from '../../error.ts';
import { readText } from '../../io/file.ts';
import type { ReadTag } from '../../yaml/plain.ts';
import { readYaml, type YamlSource } from '../../yaml/read.ts';
import { isValueTree, type Value, type ValueTree } from './value.ts';

/** A template as written: a tree, and where each part of it stands. */
export interface SourceText {
  readonly file: string;
  readonly sha256: string;
  readonly tree: ValueTree;
  readonly positionOf: YamlSource['positionOf'];
}

/** Larger than any provider takes. */
const LIMIT = 10_000_000;

/**
 * Reads a template of JSON or YAML. Throws `input`, with the position, for what does not parse and for what is no
 * object.
 */
export async function readSourceText(
  file: string,
  { tags, comments = false }: { readonly tags?: ReadTag; readonly comments?: boolean } = {},
): Promise<SourceText> {
  const { text, sha256 } = await readText(file, LIMIT);
  return { ...parseSourceText(text, file, { comments, ...(tags ? { tags } : {}) }), sha256 };
}

export function parseSourceText(
  text: string,
  file: string,
  { tags, comments = false }: { readonly tags?: ReadTag; readonly comments?: boolean } = {},
): Omit<SourceText, 'sha256'> {
  const source = readYaml(comments ? blankComments(text) : text, file, {
    maxBytes: LIMIT,
    ...(tags ? { tags } : {}),
  });
  const tree = source.value as Value;
  if (isValueTree(tree)) return { file, tree, positionOf: source.positionOf };
  throw new BercailError('input', {
    message: 'not a template',
    hint: 'an object of names and values',
    where: source.positionOf([]),
  });
}

const COMMENT = /"(?:[^"\\]|\\[^])*(?:"|$)|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

/** Comments in JSON, as spaces, so that everything else stays where it is. */
function blankComments(text: string): string {
  return text.replace(COMMENT, (found) => (found.startsWith('"') ? found : found.replace(/[^\n]/g, ' ')));
}

/** `file:line:column`, as evidence names it. */
export function formatPosition({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}
