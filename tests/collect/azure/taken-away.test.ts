import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { services } from '../../../src/collect/azure/service/registry.ts';
import { collect } from '../../../src/collect/collect.ts';
import type { Evaluation } from '../../../src/evaluate/evaluate.ts';
import { azureFacts, pairedRegion } from '../../setup/azure.ts';
import { schoolManifest, schoolTenant } from '../../setup/azure-tenant.ts';
import { testContext } from '../../setup/collect-context.ts';
import type { FakeArm, FakeCall, FakeReply } from '../../setup/fake-arm.ts';
import { fakeSource, refuse, startFakeArm, useFakeAzure } from '../../setup/fake-arm.ts';
import { run } from '../../setup/run.ts';

type Taken = (call: FakeCall) => FakeReply | undefined;

const refusal = refuse(403, 'AuthorizationFailed');
const failure = refuse(500, 'InternalServerError');

/** Whatever is declared of the tenant is as good as it could be: what is not observed must not pass by it. */
const manifest = schoolManifest.replaceAll(
  'holds: [resultats], match',
  'holds: [resultats], encryption: {at_rest: true, in_transit: true, key_manager: external}, public: false, access: {wildcard: false, outside_accounts: []}, access_log: true, retention: P1Y, match',
);

describe('one permission after another taken away', () => {
  let fake: FakeArm;
  let taken: Taken = () => undefined;
  let whole: ReadonlyMap<string, string> = new Map();

  beforeAll(async () => {
    useFakeAzure();
    fake = await startFakeArm({ estate: schoolTenant(40), answer: (call) => taken(call) });
    whole = outcomesOf(await audit(() => undefined));
  });
  afterAll(() => fake.stop());

  async function audit(take: Taken): Promise<Evaluation> {
    taken = take;
    const context = testContext({ wanted: azureFacts, pairedRegion, concurrency: 32 });
    const { observations } = await collect([fakeSource(fake, { max_attempts: 1 })], context);
    return run({ manifests: [manifest], observations });
  }

  /** `RULE SUBJECT` → outcome. */
  function outcomesOf({ findings }: Evaluation): ReadonlyMap<string, string> {
    return new Map(
      findings.map(({ rule, subject, outcome }) => [`${rule} ${subject.type} ${subject.id}`, outcome]),
    );
  }

  /** Ends of addresses, one for each kind of call. */
  const addresses = [
    '/subscriptions',
    '/tenants',
    '/locations',
    '/providers/microsoft.authorization/permissions',
    '/providers/microsoft.resourcegraph/resources',
    '/resources',
    '/resourcegroups',
    '/policyassignments',
    '/policyexemptions',
    '/policydefinitions/e56962a6-4747-49cd-b67b-bf8b01975c4c',
    '/databoundaries/default',
    '/providers/microsoft.storage/storageaccounts',
    '/objectreplicationpolicies',
    '/providers/microsoft.insights/diagnosticsettings',
    '/providers/microsoft.sql/servers',
    '/databases',
    '/encryptionprotector/current',
    '/transparentdataencryption/current',
    '/replicationlinks',
    '/failovergroups',
    '/providers/microsoft.sql/managedinstances',
    '/providers/microsoft.documentdb/databaseaccounts',
    '/providers/microsoft.dbforpostgresql/flexibleservers',
    '/providers/microsoft.dbformysql/flexibleservers',
    '/providers/microsoft.recoveryservices/vaults',
    '/providers/microsoft.dataprotection/backupvaults',
    '/providers/microsoft.keyvault/vaults',
    '/providers/microsoft.keyvault/managedhsms',
    '/providers/microsoft.cdn/profiles',
    '/afdendpoints',
    '/origingroups',
    '/origins',
    '/providers/microsoft.network/frontdoors',
    '/providers/microsoft.operationalinsights/workspaces',
    '/workspaces/soc',
    '/providers/microsoft.cognitiveservices/accounts',
    '/deployments',
  ];
  const resources = ['resultats', 'copies', 'archives', 'notes', 'ecole', 'tuteur', 'portail', 'coffre'];
  const cases: readonly (readonly [string, Taken])[] = [
    ...addresses.flatMap((end): [string, Taken][] => [
      [`…${end} refused`, ({ path }) => (path.endsWith(end) ? refusal : undefined)],
      [`…${end} failing`, ({ path }) => (path.endsWith(end) ? failure : undefined)],
      [
        `…${end} answering an empty object`,
        ({ path }) => (path.endsWith(end) ? { status: 200, body: {} } : undefined),
      ],
    ]),
    ...resources.map((name): [string, Taken] => [
      `everything about ${name} refused`,
      ({ path }) => (path.includes(`/${name}`) ? refusal : undefined),
    ]),
    ['everything refused', () => refusal],
  ];

  test('with all of them there are findings of each outcome', () => {
    const outcomes = [...whole.values()];
    for (const outcome of ['pass', 'fail', 'unknown', 'not_applicable']) expect(outcomes).toContain(outcome);
    expect(cases.length).toBeGreaterThan(100);
    expect(Object.keys(services).length).toBeGreaterThan(15);
  });

  test.each(cases)('%s: no finding changes from fail or unknown to pass', async (_, take) => {
    const evaluation = await audit(take);
    const better = [...outcomesOf(evaluation)].filter(
      ([finding, outcome]) => outcome === 'pass' && ['fail', 'unknown'].includes(whole.get(finding) ?? ''),
    );
    expect(better.map(([finding]) => `${finding}: ${whole.get(finding)} → pass`)).toEqual([]);
    expect(evaluation.summary.gate.exit_code).not.toBe(0);
  });
});
