import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { collect } from '../../../src/collect/collect.ts';
import { readSnapshot } from '../../../src/collect/snapshot/read.ts';
import { writeSnapshot } from '../../../src/collect/snapshot/write.ts';
import type { Observation } from '../../../src/inventory/observation.ts';
import { azureFacts, pairedRegion, readFake } from '../../setup/azure.ts';
import { ent, grades, lab } from '../../setup/azure-estate.ts';
import { schoolManifest, schoolTenant } from '../../setup/azure-tenant.ts';
import { testContext } from '../../setup/collect-context.ts';
import type { FakeArm } from '../../setup/fake-arm.ts';
import { fakeSource, startFakeArm, useFakeAzure } from '../../setup/fake-arm.ts';
import { run } from '../../setup/run.ts';

const judge = (observations: readonly Observation[]) => run({ manifests: [schoolManifest], observations });

describe('a tenant of five subscriptions', () => {
  let observations: readonly Observation[] = [];
  let failing = new Set<string>();
  let passing = new Set<string>();

  beforeAll(async () => {
    ({ observations } = await readFake({ estate: schoolTenant(5000), pageSize: 700 }));
    const { findings } = await judge(observations);
    const of = (outcome: string): Set<string> =>
      new Set(
        findings.filter((one) => one.outcome === outcome).map(({ rule, subject }) => `${rule} ${subject.id}`),
      );
    failing = of('fail');
    passing = of('pass');
  });

  test('has 5,000 resources, each with its place', () => {
    const assets = observations.filter(
      ({ asset, operation }) => asset && operation === 'Microsoft.ResourceGraph:Resources',
    );
    expect(new Set(assets.map(({ subject }) => subject)).size).toBe(5000);
    expect(assets.filter(({ facts }) => facts?.['place.region'] === undefined)).toEqual([]);
  });

  const rg = (sub: string): string => `/subscriptions/${sub}/resourcegroups/rg-ecole/providers`;
  test.each([
    ['an account whose pair is outside France', 'LOC-04 resultats@fichiers/copies (secondary)'],
    ['a database with a region in the United States', 'LOC-04 resultats@bases/notes (eastus)'],
    [
      'a failover group in the Netherlands',
      `LOC-04 resultats@${rg(ent)}/microsoft.sql/servers/ecole-nl/databases/eleves`,
    ],
    [
      'logs that go to another tenant',
      'CHN-02 /subscriptions/99999999-0000-4000-8000-000000000009/resourcegroups/soc/providers/microsoft.operationalinsights/workspaces/soc',
    ],
    [
      'a model that answers from anywhere',
      `LOC-04 resultats@${rg(lab)}/microsoft.cognitiveservices/accounts/tuteur/deployments/gpt`,
    ],
    ['a Front Door', `LOC-05 ${rg('22222222-0000-4000-8000-000000000004')}/microsoft.cdn/profiles/portail`],
    ['an account outside France', 'LOC-01 resultats@fichiers/copies'],
    ['a subscription without a guard rail', `GRD-01 /subscriptions/${lab}`],
  ])('%s fails', (_, finding) => {
    expect([...failing]).toContain(finding);
  });

  test.each([
    ['an account in Paris whose pair is in Marseille', 'LOC-04 resultats@fichiers/resultats (secondary)'],
    ['an account in Paris', 'LOC-01 resultats@fichiers/resultats'],
    ['a subscription that only France is open in', `GRD-01 /subscriptions/${grades}`],
  ])('%s passes', (_, finding) => {
    expect([...passing]).toContain(finding);
  });

  test('an asset is found by the id that the portal shows, in its spelling', async () => {
    const id = `/subscriptions/${ent}/resourceGroups/rg-Ecole/providers/Microsoft.Storage/storageAccounts/resultats`;
    const own = schoolManifest.replace(
      '{source: azure, kind: object_store, tags: {data-class: eleves}}',
      `{source: azure, id: "${id}"}`,
    );
    const { inventory } = await run({ manifests: [own], observations });
    expect(inventory.assets.get('academie/fichiers')?.aliases).toEqual([id.toLowerCase()]);
  });

  test('says the same from the snapshot', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bercail-azure-'));
    try {
      const path = join(folder, 'azure.inventory.ndjson.gz');
      await writeSnapshot(
        path,
        { version: 'test', created: '2026-11-26T10:00:00Z', source: { kind: 'azure', options: {} } },
        observations,
      );
      const again = await judge((await readSnapshot(path)).observations);
      const live = await judge(observations);
      expect(again.findings).toEqual(live.findings);
      expect(again.summary).toEqual(live.summary);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('a run that is cut short', () => {
  let fake: FakeArm;
  let folder = '';
  let calls = 0;
  let stop: AbortController | null = null;
  let stopAt = Number.POSITIVE_INFINITY;

  beforeAll(async () => {
    useFakeAzure();
    folder = await mkdtemp(join(tmpdir(), 'bercail-azure-'));
    fake = await startFakeArm({
      estate: schoolTenant(80),
      answer: () => {
        calls += 1;
        if (calls === stopAt) stop?.abort();
        return undefined;
      },
    });
  });
  afterAll(async () => {
    await fake.stop();
    await rm(folder, { recursive: true });
  });

  const read = (resume: string | null, signal: AbortSignal) =>
    collect([fakeSource(fake)], testContext({ wanted: azureFacts, pairedRegion, signal, concurrency: 4 }), {
      folder,
      resume,
    });

  test.each([[1], [5], [20], [60], [110]])(
    'at call %i ends with the result that it would have had',
    async (at) => {
      calls = 0;
      stopAt = Number.POSITIVE_INFINITY;
      const whole = await read(null, new AbortController().signal);
      await whole.journal?.remove();
      calls = 0;
      stopAt = at;
      stop = new AbortController();
      const cut = await read(null, stop.signal);
      const run = cut.journal?.run ?? '';
      expect(cut.observations.some(({ code }) => code === 'Aborted')).toBe(true);
      stopAt = Number.POSITIVE_INFINITY;
      const resumed = await read(run, new AbortController().signal);
      expect(resumed.observations).toEqual(whole.observations);
      await resumed.journal?.remove();
    },
  );
});
