import { describe, expect, test } from '@jest/globals';
import { type Read, readSources, withFiles } from '../../setup/template.ts';

/** A cluster in Paris: what is made outside of it must not be taken to be there. */
function read(text: string, files: { readonly [name: string]: string } = {}): Promise<Read> {
  return withFiles({ 'a.yaml': text, ...files }, (path) =>
    readSources('kubernetes', { path: path('a.yaml'), provider: 'aws', region: 'eu-west-3', cluster: 'c' }),
  );
}

const object = (apiVersion: string, kind: string, rest: string, name = 'x'): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}}\n${rest}\n`;
const location = (spec: string): string => object('velero.io/v1', 'BackupStorageLocation', `spec: ${spec}`);

describe('what is made outside the cluster is where it says, never where the cluster is', () => {
  test.each([
    [
      'a bucket of Crossplane',
      object('s3.aws.upbound.io/v1beta1', 'Bucket', 'spec: {forProvider: {region: us-west-1}}'),
      'Bucket/x',
      'object_store',
      'us-west-1',
    ],
    [
      'a database of Crossplane without region',
      object('rds.aws.m.upbound.io/v1beta1', 'Instance', 'spec: {forProvider: {}}'),
      'Instance/x',
      'database',
      'not_collected',
    ],
    [
      'a bucket of Amazon’s operator',
      'apiVersion: s3.services.k8s.aws/v1alpha1\nkind: Bucket\nmetadata: {name: x, annotations: {services.k8s.aws/region: us-east-1}}\nspec: {name: b}\n',
      'Bucket/x',
      'object_store',
      'us-east-1',
    ],
    [
      'a bucket of Google’s',
      object('storage.cnrm.cloud.google.com/v1beta1', 'StorageBucket', 'spec: {location: US}'),
      'StorageBucket/x',
      'object_store',
      'US',
    ],
    [
      'an account of Azure’s',
      object('storage.azure.com/v1api20230101', 'StorageAccount', 'spec: {location: eastus}'),
      'StorageAccount/x',
      'object_store',
      'eastus',
    ],
    [
      'a server, which keeps nothing by itself',
      object('ec2.aws.upbound.io/v1beta1', 'Instance', 'spec: {forProvider: {region: us-west-1}}'),
      'Instance/x',
      'other',
      'us-west-1',
    ],
    [
      'a location of backups in Amazon’s own store',
      location('{provider: aws, objectStorage: {bucket: b}, config: {region: us-west-2}}'),
      'BackupStorageLocation/x',
      'backup_vault',
      'us-west-2',
    ],
    [
      'a location of backups at an address',
      location(
        '{provider: aws, objectStorage: {bucket: b}, config: {region: x, s3Url: "https://s3.nl-ams.scw.cloud"}}',
      ),
      'BackupStorageLocation/x',
      'backup_vault',
      'nl-ams',
    ],
    [
      'a location of backups that says neither',
      location('{provider: azure, objectStorage: {bucket: b}, config: {storageAccount: a}}'),
      'BackupStorageLocation/x',
      'backup_vault',
      'not_collected',
    ],
  ])('%s', async (_, text, id, kind, region) => {
    const { observed, fact } = await read(text);
    expect(observed.assets.get(`c#${id}`)?.seen.kind).toBe(kind);
    expect(fact(`c#${id}`, 'place.region')).toBe(region);
  });
});

describe('what is named is an asset', () => {
  const base64 = Buffer.from('S3_ENDPOINT=https://s3.eu-north-1.amazonaws.com\n').toString('base64');
  test.each([
    [
      'in a file of a config map in base64',
      object('v1', 'ConfigMap', `binaryData: {app.env: ${base64}}`),
      's3.eu-north-1.amazonaws.com',
      'eu-north-1',
    ],
    [
      'in an object that has no spec',
      object('longhorn.io/v1beta2', 'Setting', 'value: s3://copies@us-east-1/'),
      'bucket copies',
      'not_collected',
    ],
    [
      'by a public address of numbers',
      object('v1', 'ConfigMap', 'data: {DATABASE_URL: "postgres://u:p@203.0.113.9/x"}'),
      '203.0.113.9',
      'not_collected',
    ],
  ])('%s', async (_, text, id, region) => {
    expect((await read(text)).fact(id, 'place.region')).toBe(region);
  });

  test.each([
    [
      'an image, beside its registry',
      object('v1', 'Pod', 'spec: {containers: [{name: a, image: rg.fr-par.scw.cloud/ns/x:1}]}'),
      ['c#Pod/x', 'registry rg.fr-par.scw.cloud'],
    ],
    [
      'an address of a private network',
      object('v1', 'ConfigMap', 'data: {DATABASE_URL: "postgres://172.20.0.2/x"}'),
      ['c#ConfigMap/x'],
    ],
    [
      'a picture',
      object('v1', 'ConfigMap', 'binaryData: {logo.png: iVBORw0KGgoAAAANSUhEUgAA}'),
      ['c#ConfigMap/x'],
    ],
  ])('but not %s', async (_, text, ids) => {
    expect([...(await read(text)).observed.assets.keys()].sort()).toEqual(ids);
  });
});

describe('variables of a compose file', () => {
  const compose = `services:
  web:
    image: x
    labels: {token: "\${DB}"}
    env_file: "\${FILE:-none.env}"
    environment:
      S3_ENDPOINT: "\${STORE:-https://s3.fr-par.scw.cloud}"
      DATABASE_URL: "\${DB}"
      MAIL_URL: "smtp://\${MAILER:?who sends}"
`;

  test('stand for what the .env beside it says, before their defaults', async () => {
    const { fact, observed } = await read(compose, {
      '.env':
        '# where\nexport STORE="https://s3.us-east-1.amazonaws.com" # old\nFILE=web.env\nDB=postgres://u:hunter2@db.x.eu-west-1.rds.amazonaws.com/x\n',
      'web.env': 'SQS_URL=https://sqs.us-west-2.amazonaws.com/1/q\n',
    });
    expect(fact('s3.us-east-1.amazonaws.com', 'place.region')).toBe('us-east-1');
    expect(fact('db.x.eu-west-1.rds.amazonaws.com', 'place.region')).toBe('eu-west-1');
    expect(fact('sqs.us-west-2.amazonaws.com', 'place.region')).toBe('us-west-2');
    expect(observed.assets.has('s3.fr-par.scw.cloud')).toBe(false);
    expect(JSON.stringify([...observed.assets])).not.toContain('hunter2');
  });

  test('without it their defaults count, and what has none is a store that nobody can place', async () => {
    const { fact } = await read(compose);
    expect(fact('s3.fr-par.scw.cloud', 'place.region')).toBe('fr-par');
    expect(fact('variable DATABASE_URL', 'place.region')).toBe('not_collected');
    expect(fact('variable MAIL_URL', 'place.region')).toBe('not_collected');
  });

  test.each([
    ['a name without a value', '["MYSQL_HOST"]', ['variable MYSQL_HOST']],
    ['a bare variable', '["MYSQL_HOST=$DB_HOST"]', ['variable MYSQL_HOST']],
    ['what is no address', '["MYSQL_USER=$WHO", "GREETING"]', []],
    ['a service beside it', '["MYSQL_HOST=db"]', []],
  ])('%s', async (_, environment, ids) => {
    const { observed } = await read(`services: {a: {image: x, environment: ${environment}}}\n`);
    expect([...observed.assets.keys()].filter((id) => id.startsWith('variable'))).toEqual(ids);
  });
});
