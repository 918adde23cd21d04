import { isMap, isSeq, parseDocument, stringify } from 'yaml';
import { BercailError } from '../error.ts';

export interface ListFile {
  /** The key of the list, and what the file says that it is. */
  readonly key: string;
  readonly format: string;
  /** Comment at the head of a new file. */
  readonly head: string;
  /** The file may be the list itself. */
  readonly isBare?: boolean;
}

// Comments and texts stay on the lines that their author gave them.
const layout = { lineWidth: 0 } as const;

/**
 * A file with more entries at the end of its list; everything else, comments too, stays. `text` is null for a new file.
 * @throws BercailError `input` for a file that has no such list
 */
export function appendToList(
  text: string | null,
  file: string,
  entries: readonly object[],
  { key, format, head, isBare = false }: ListFile,
): string {
  if (text === null || text.trim() === '')
    return `${head}${stringify({ bercail: format, [key]: entries }, layout)}`;
  const document = parseDocument(text.replaceAll('\r\n', '\n'));
  const { contents } = document;
  const found = isBare && isSeq(contents) ? contents : isMap(contents) ? document.get(key, true) : null;
  if (document.errors.length > 0 || !isSeq(found))
    throw new BercailError('input', {
      message: `${file} has no list of ${key}`,
      hint: `expected bercail: ${format} and the key ${key}`,
    });
  // `[]`, as an empty list is written, cannot hold what people are to read.
  if (found.items.length === 0) found.flow = false;
  for (const entry of entries) found.add(document.createNode(entry));
  const written = document.toString(layout);
  return text.includes('\r\n') ? written.replaceAll('\n', '\r\n') : written;
}
