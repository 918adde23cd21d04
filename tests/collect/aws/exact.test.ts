import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { factsWanted } from '../../../src/audit.ts';
import { listAccounts } from '../../../src/collect/aws/accounts.ts';
import { assumeRole } from '../../../src/collect/aws/identity.ts';
import { leastPrivilege } from '../../../src/collect/aws/permissions.ts';
import { describeRegions } from '../../../src/collect/aws/regions.ts';
import { services } from '../../../src/collect/aws/service/registry.ts';
import type { ServiceCall } from '../../../src/collect/aws/service/service.ts';
import { collect } from '../../../src/collect/collect.ts';
import { loadPolicy } from '../../../src/load.ts';
import { answersOf } from '../../fixtures/aws/index.ts';
import { testContext, useTestCredentials } from '../../setup/collect-context.ts';
import type { FakeS3 } from '../../setup/fake-s3.ts';
import { startFakeS3 } from '../../setup/fake-s3.ts';
import { catalog } from '../../setup/run.ts';
import { readFixture } from './service/fixture.ts';
import { schoolAccount } from './taken-away/account.ts';

const tables = (await Promise.all(Object.values(services).map((load) => load()))).flatMap(
  ({ calls }) => calls,
);
const known = new Map<string, ServiceCall>(
  [...tables, listAccounts, assumeRole, describeRegions].map((call) => [call.operation, call]),
);
const actionsOf = (operation: string): readonly string[] => {
  const call = known.get(operation);
  if (call === undefined) throw new Error(`${operation} is in no table`);
  return call.isFree ? [] : [call.permission, ...(call.also ?? [])];
};

/** A full run of an organisation, and every service on an account that has something of each. */
describe.each([
  ['every rule', {}],
  ['rules about places alone', { rules: ['LOC-01', 'LOC-04'] }],
  ['one rule about guard rails', { rules: ['GRD-01'] }],
])('the permissions that are printed, for %s', (_, only) => {
  let fake: FakeS3;
  const made = new Set<string>();
  let printed: readonly string[] = [];

  beforeAll(async () => {
    useTestCredentials();
    const wanted = factsWanted(await loadPolicy({ name: 'complet', catalog, asOf: '2026-11-22' }), only);
    const onCall = (operation: string): void => void made.add(operation);
    fake = await startFakeS3(schoolAccount(() => undefined));
    const options = {
      endpoint: fake.endpoint,
      region: 'eu-west-3',
      organization: true,
      role: 'audit',
      max_attempts: 1,
    };
    await collect([{ kind: 'aws', options }], testContext({ wanted, concurrency: 32, onCall }));
    for (const name of Object.keys(answersOf)) await readFixture(name, { wanted: [...wanted], onCall });
    const document = await leastPrivilege(wanted, { organization: true, role: 'audit' });
    printed = document.Statement.flatMap(({ Action }) => Action).toSorted();
  });
  afterAll(() => fake.stop());

  test('are those of the calls that are made, and of no others', () => {
    // Who asks is told to everyone.
    const needed = [...made].filter((operation) => operation !== 'sts:GetCallerIdentity').flatMap(actionsOf);
    expect([...new Set(needed)].toSorted()).toEqual([...new Set(printed)]);
  });

  test('read, and do nothing else', () => {
    const writing = printed.filter(
      (action) =>
        !/^[a-z0-9-]+:(Get|GET|List|Describe)[A-Za-z0-9]*$/.test(action) && action !== 'sts:AssumeRole',
    );
    expect(writing).toEqual([]);
    expect(printed).not.toContain('s3:GetObject');
  });
});
