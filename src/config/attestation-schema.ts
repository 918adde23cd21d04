import { attestation } from '../manifest/schema/claim.ts';
import { basicForms, sharedForms } from '../manifest/schema/form.ts';
import { type JsonSchema, record } from '../yaml/schema.ts';

/** JSON Schema 2020-12 of a file of attestations: entries as in a manifest, kept apart from it. */
export const attestationsSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:bercail:attestations:v1',
  title: 'Attestations',
  ...record(
    'Signed, dated, expiring answers to what no machine can see (attestations/v1). `bercail attest` adds to it.',
    {
      bercail: { description: 'The format of this file.', const: 'attestations/v1' },
      attestations: { description: 'The answers.', type: 'array', items: attestation },
    },
    ['bercail', 'attestations'],
  ),
  $defs: { ...basicForms, ...sharedForms },
};
