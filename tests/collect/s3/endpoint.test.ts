import { expect, test } from '@jest/globals';
import { collect } from '../../../src/collect/collect.ts';
import { loadCatalog } from '../../../src/io/content.ts';
import { testContext } from '../../setup/collect-context.ts';
import { factsOf, useFakeAccount } from '../../setup/fake-account.ts';

const { run, fake } = useFakeAccount('s3');
const one = { buckets: [{ name: 'b' }] };
const { catalog } = await loadCatalog();
const { providerNamed, providerOfHost } = catalog;
const plan = (options: { readonly [name: string]: string }) =>
  collect(
    [{ kind: 's3', options }],
    testContext({ providerNamed, providerOfHost, signal: AbortSignal.abort() }),
  );
const firstOf = async (options: { readonly [name: string]: string }, aborted = {}) => {
  const { observations } = await run(one, { providerNamed, ...aborted }, options);
  const id = `s3://${new URL(fake().endpoint).host}/b`;
  return {
    asset: observations.find(({ subject, asset }) => subject === id && asset)?.asset,
    facts: observations
      .filter(({ subject }) => subject === id)
      .map(({ operation, facts }) => [operation, facts]),
  };
};

test.each([
  ['https://key:hunter2@s3.fr-par.scw.cloud', /has credentials in it.*environment/s],
  ['https://hunter2@s3.fr-par.scw.cloud', /has credentials in it/],
  ['key:hunter2@s3.fr-par.scw.cloud', /not an endpoint/],
  ['https://s3.fr-par.scw.cloud/?X-Amz-Signature=hunter2', /has a query in it/],
  ['http://169.254.169.254/', /no service/],
  ['http://169.254.170.2', /no service/],
  ['http://2852039166', /no service/],
  ['http://0xA9FEA9FE/latest', /no service/],
  ['http://[::ffff:169.254.169.254]', /no service/],
  ['http://[fe80::1]', /no service/],
  ['http://[fd00:ec2::254]', /no service/],
  ['http://100.100.100.200', /no service/],
  ['http://metadata.google.internal', /no service/],
  ['http://metadata.google.internal.:80', /no service/],
])('%s is refused, without its secret', async (endpoint, reason) => {
  const failure = await plan({ endpoint }).catch(String);
  expect(failure).toMatch(reason);
  expect(failure).not.toContain('hunter2');
});

test.each([
  [{ provider: 'scalway' }, /no provider “scalway”.*did you mean scaleway/s],
  [
    { provider: 'scaleway', endpoint: 'https://s3.gra.io.cloud.ovh.net' },
    /address of ovhcloud, not of scaleway/,
  ],
  [
    { provider: 'outscale', endpoint: 'https://s3.eu-west-2.amazonaws.com' },
    /address of aws, not of outscale/,
  ],
  [{ country: 'FR', endpoint: 'https://oos.us-east-2.outscale.com' }, /run by outscale/],
  [{ provider: 'ovhcloud', operator: 'rectorat' }, /run by ovhcloud/],
])('%j contradicts itself, and says so', async (options, reason) => {
  await expect(plan({ endpoint: 'https://s3.example.org', ...options })).rejects.toThrow(reason);
});

test.each([
  ['https://s3.fr-par.scw.cloud', 'scaleway'],
  ['https://S3.FR-PAR.SCW.CLOUD.', 'scaleway'],
  ['https://s3.gra.io.cloud.ovh.net', 'ovhcloud'],
  ['https://oos.eu-west-2.outscale.com:443', 'outscale'],
  ['https://cellar-c2.services.clever-cloud.com', 'clever-cloud'],
  ['https://evil-scw.cloud', null],
  ['https://s3.fr-par.scw.cloud.evil.example', null],
])('%s is an address of %s', async (endpoint, provider) => {
  const wrong = provider === 'ionos' ? 'aws' : 'ionos';
  const said = await plan({ endpoint, provider: wrong }).then(() => null, String);
  if (provider === null) expect(said).toBeNull();
  else expect(said).toContain(`address of ${provider}`);
});

test('a provider may be called by its name', async () => {
  expect((await firstOf({ provider: 'OVHcloud' })).asset?.provider).toBe('ovhcloud');
});

test('a server of one’s own is where and whose the configuration says, and nothing else tells', async () => {
  const { asset, facts } = await firstOf({ operator: 'rectorat', country: 'FR' });
  expect(asset).toMatchObject({ provider: null, operator: 'rectorat' });
  expect(facts).toContainEqual([
    'bercail:ReadConfiguration',
    { 'place.countries': { state: 'known', value: ['FR'] } },
  ]);
});

test('a region that only the configuration tells is not said to come from the endpoint', async () => {
  const { facts } = await firstOf({ provider: 'ovhcloud', region: 'gra' });
  expect(facts).toContainEqual([
    'bercail:ReadConfiguration',
    { 'place.region': { state: 'known', value: 'gra' } },
  ]);
});

test('plain HTTP to another machine is said; to this one it is not', async () => {
  const opened = async (endpoint: string) =>
    (await plan({ endpoint })).observations.filter(({ operation }) => operation === 'bercail:OpenEndpoint');
  expect(await opened('http://s3.example.org')).toMatchObject([
    { subject: 's3.example.org', about: { plain_http: true } },
  ]);
  for (const endpoint of [
    'https://s3.example.org',
    'http://127.0.0.1:9000',
    'http://[::1]',
    'http://localhost',
  ])
    expect(await opened(endpoint)).toEqual([]);
});

test('nothing that a listing names takes a signed request elsewhere', async () => {
  const names = [
    'arn:aws:s3:eu-west-1:123456789012:accesspoint/x',
    'arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap',
    '../other',
    'a/b',
    'evil?x=1',
    '',
  ];
  const { observations } = await run({ buckets: ['fine', ...names].map((name) => ({ name })) });
  const host = new URL(fake().endpoint).host;
  for (const name of names.filter((name) => name !== '')) {
    const facts = factsOf({ observations } as never, `s3://${host}/${name}`);
    expect([name, facts['tags'], facts['place.region']]).toEqual([
      name,
      { state: 'error', note: 's3:GetBucketTagging: UnsafeName' },
      { state: 'error', note: 's3:GetBucketLocation: UnsafeName' },
    ]);
  }
  expect(new Set(fake().requests.map((request) => request.split(' ')[2] ?? ''))).toEqual(
    new Set(['', 'fine']),
  );
});
