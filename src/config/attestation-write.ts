import { isSeq, parseDocument, stringify } from 'yaml';
import { BercailError } from '../error.ts';

/** An answer as `bercail attest` writes it. Days are YYYY-MM-DD. */
export interface NewAttestation {
  readonly rule: string;
  readonly subject: string;
  readonly answer: 'yes' | 'no';
  readonly signed_by: string;
  readonly signed_on: string;
  readonly expires: string;
  readonly evidence?: { readonly file: string; readonly sha256: string };
}

const head = '# Signed answers to what no machine can see; `bercail attest` adds to them.\n';
// Comments and texts stay on the lines that their author gave them.
const layout = { lineWidth: 0 } as const;

/**
 * A file of attestations with one more at its end; everything else, comments too, stays. `text` is null for a new file.
 * @throws BercailError `input` for a file whose answers are not a list
 */
export function addAttestation(text: string | null, file: string, entry: NewAttestation): string {
  if (text === null || text.trim() === '') {
    return `${head}${stringify({ bercail: 'attestations/v1', attestations: [entry] }, layout)}`;
  }
  const document = parseDocument(text.replaceAll('\r\n', '\n'));
  const answers = document.get('attestations', true);
  if (document.errors.length > 0 || !isSeq(answers))
    throw new BercailError('input', {
      message: `${file} has no list of attestations`,
      hint: 'expected bercail: attestations/v1 and the key attestations',
    });
  // `[]`, as an empty list is written, cannot hold what people are to read.
  if (answers.items.length === 0) answers.flow = false;
  answers.add(document.createNode(entry));
  const written = document.toString(layout);
  return text.includes('\r\n') ? written.replaceAll('\n', '\r\n') : written;
}
