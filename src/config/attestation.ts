import { BercailError } from '../error.ts';
import { attestationOf } from '../inventory/build/declared.ts';
import type { Json } from '../inventory/fact.ts';
import type { Attestation } from '../inventory/noun.ts';
import { normalise } from '../manifest/normalise.ts';
import { lazyValidator } from '../yaml/ajv.ts';
import { quote } from '../yaml/quote.ts';
import { readYaml, type YamlSource } from '../yaml/read.ts';
import { validate } from '../yaml/validate.ts';
import { attestationsSchema } from './attestation-schema.ts';

const validator = lazyValidator(() => attestationsSchema);

/** Whether a value read from a file says that it is a file of attestations, of whatever version. */
export function detectAttestations(value: unknown): boolean {
  const format = (value as { readonly bercail?: unknown } | null)?.bercail;
  return typeof format === 'string' && format.startsWith('attestations/');
}

/**
 * Reads a file of attestations (`bercail: attestations/v1`). One that is unsigned, undated or expired is no error: it
 * counts for nothing.
 * @throws BercailError `input` with every problem of the file, each at its line and column.
 */
export function readAttestations(text: string, file: string, sha256: string): readonly Attestation[] {
  return attestationsOf(readYaml(text, file), sha256);
}

/** The same, for a file that is already parsed. */
export function attestationsOf(source: YamlSource, sha256: string): readonly Attestation[] {
  const { positionOf } = source;
  const format = (source.value as { readonly bercail?: unknown } | null)?.bercail;
  if (typeof format === 'string' && format !== 'attestations/v1') {
    const message = detectAttestations(source.value)
      ? `this version of the format is not read: ${quote(format)}`
      : `this is not a file of attestations: ${quote(format)}`;
    const where = positionOf(['bercail'], 'value');
    throw new BercailError('input', { message, hint: 'expected bercail: attestations/v1', where });
  }
  const problems = validate(source, validator());
  if (problems.length > 0) throw new BercailError('input', problems);
  const { attestations } = normalise(attestationsSchema, source.value).value as {
    readonly attestations: readonly Json[];
  };
  return attestations.map((entry, index) => {
    const { file, line, column } = positionOf(['attestations', index]);
    const ref = `${file}:${line}:${column}`;
    return attestationOf(entry, '', { source: 'attestation', ref, operation: null, at: null, sha256 });
  });
}
