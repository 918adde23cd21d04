/**
 * A run in a process of its own, for a test to kill: `node child.ts ENDPOINT FOLDER RUN`. Writes FOLDER/run.ndjson.gz and
 * ends with code 0; RUN is `new` or what `--resume` takes. The clock stands still, so that runs can be compared.
 */
import { join } from 'node:path';
import { collect } from '../../../src/collect/collect.ts';
import { writeSnapshot } from '../../../src/collect/snapshot/write.ts';
import { testContext, useTestCredentials } from '../../setup/collect-context.ts';

const [endpoint = '', folder = '', run = 'new'] = process.argv.slice(2);
useTestCredentials();
const source = {
  kind: 'aws',
  options: {
    endpoint,
    region: 'eu-west-3',
    organization: true,
    role: 'audit',
    external_id: 'x-1',
    max_attempts: 2,
    services: ['organizations', 's3', 'kms', 'sqs'],
  },
};
const place = { folder, resume: run === 'new' ? null : run };
const { observations, calls, journal } = await collect([source], testContext(), place);
const created = journal?.created ?? '';
await writeSnapshot(
  join(folder, 'run.ndjson.gz'),
  { version: 'test', created, source: { ...source, options: {} } },
  observations,
);
console.log(JSON.stringify(calls));
await journal?.remove();
