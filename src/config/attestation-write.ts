import { appendToList } from './append.ts';

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

/**
 * A file of attestations with one more at its end; everything else, comments too, stays. `text` is null for a new file.
 * @throws BercailError `input` for a file whose answers are not a list
 */
export function addAttestation(text: string | null, file: string, entry: NewAttestation): string {
  return appendToList(text, file, [entry], {
    key: 'attestations',
    format: 'attestations/v1',
    head: '# Signed answers to what no machine can see; `bercail attest` adds to them.\n',
  });
}
