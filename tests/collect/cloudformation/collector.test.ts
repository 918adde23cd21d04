import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BercailError } from '../../../src/error.ts';
import { mutate, readSources, withFiles } from '../../setup/template.ts';

const folder = 'tests/fixtures/cloudformation';
const store = { template: `${folder}/store.yaml` };
const inParis = { ...store, region: 'eu-west-3' };

const read = (text: string, options: { readonly [name: string]: string } = {}) =>
  withFiles({ 'a.yaml': text }, (path) =>
    readSources('cloudformation', { template: path('a.yaml'), ...options }),
  );

describe('places', () => {
  test('without a deployment the region is not known, and it says what would tell it', async () => {
    const { fact, note } = await readSources('cloudformation', store);
    expect(fact('store.yaml#Logs', 'place.region')).toBe('not_collected');
    expect(note('store.yaml#Logs', 'place.region')).toContain('`region`');
  });

  test.each([
    ['store.yaml#Logs', 'eu-west-3'],
    ['store.yaml#Db', 'eu-west-3b'],
    ['store.yaml#Cdn', 'edge'],
    ['store.yaml#Table@us-east-1', 'us-east-1'],
  ])('%s is in %s', async (id, region) => {
    const { fact } = await readSources('cloudformation', inParis);
    expect(fact(id, 'place.region')).toBe(region);
  });

  test('a stack set puts every resource in each of its regions', async () => {
    const { fact } = await readSources('cloudformation', { ...store, regions: ['eu-west-3', 'us-east-1'] });
    expect(fact('store.yaml#Logs', 'place.regions')).toEqual(['eu-west-3', 'us-east-1']);
  });

  test('a parameter decides where a replica is', () =>
    withFiles(
      { 'p.json': '[{"ParameterKey": "Region2", "ParameterValue": "eu-central-1"}]' },
      async (path) => {
        const { observed } = await readSources('cloudformation', { ...inParis, parameters: path('p.json') });
        expect(observed.assets.has('store.yaml#Table@eu-central-1')).toBe(true);
        expect(observed.assets.has('store.yaml#Table@us-east-1')).toBe(false);
      },
    ));
});

describe('links', () => {
  test.each([
    ['store.yaml#Uploads', 'key store.yaml#Key'],
    ['store.yaml#Uploads', 'log store.yaml#Logs'],
    ['store.yaml#Uploads', 'replica arn:aws:s3:::reperes-us'],
    ['store.yaml#Uploads', 'origin store.yaml#Cdn'],
    ['store.yaml#Table', 'replica store.yaml#Table@us-east-1'],
  ])('%s has %s', async (id, relation) => {
    const { relations } = await readSources('cloudformation', inParis);
    expect(relations(id)).toContain(relation);
  });

  test('a backup plan leads from what it selects to its vault, and from there to that of its copies', async () => {
    const { relations } = await read(`
Resources:
  Db: {Type: "AWS::RDS::DBInstance", Properties: {StorageEncrypted: true}}
  Vault: {Type: "AWS::Backup::BackupVault", Properties: {BackupVaultName: main}}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: p
        BackupPlanRule:
          - {RuleName: r, TargetBackupVault: !Ref Vault, CopyActions: [{DestinationBackupVaultArn: "arn:aws:backup:us-east-1:111122223333:backup-vault:far"}]}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupPlanId: !Ref Plan, BackupSelection: {SelectionName: s, IamRoleArn: x, Resources: [!GetAtt Db.DBInstanceArn]}}
`);
    expect(relations('a.yaml#Db')).toContain('backup a.yaml#Vault');
    expect(relations('a.yaml#Vault')).toContain(
      'backup arn:aws:backup:us-east-1:111122223333:backup-vault:far',
    );
  });

  test('a condition that is not known keeps both ends', async () => {
    const { relations } = await read(`
Parameters: {Env: {Type: String}}
Conditions: {Prod: !Equals [!Ref Env, prod]}
Resources:
  A: {Type: "AWS::S3::Bucket", Properties: {LoggingConfiguration: {DestinationBucketName: !If [Prod, !Ref B, !Ref C]}}}
  B: {Type: "AWS::S3::Bucket"}
  C: {Type: "AWS::S3::Bucket"}
`);
    expect(relations('a.yaml#A')).toEqual(['log a.yaml#B', 'log a.yaml#C']);
  });
});

describe('facts', () => {
  test.each([
    ['store.yaml#Uploads', 'tags', { data: 'pupils' }],
    ['store.yaml#Uploads', 'encryption.key_manager', 'customer'],
    ['store.yaml#Uploads', 'public', false],
    ['store.yaml#Logs', 'public', true],
    ['store.yaml#Db', 'public', true],
    ['store.yaml#Db', 'encryption.at_rest', true],
  ])('%s: %s is %j', async (id, name, value) => {
    const { fact } = await readSources('cloudformation', inParis);
    expect(fact(id, name)).toEqual(value);
  });

  test('a setting that a parameter without value decides is not known', async () => {
    const { fact, note } = await read(
      'Parameters: {E: {Type: String}}\nResources:\n  V: {Type: "AWS::EFS::FileSystem", Properties: {Encrypted: !Ref E}}\n',
    );
    expect(fact('a.yaml#V', 'encryption.at_rest')).toBe('not_collected');
    expect(note('a.yaml#V', 'encryption.at_rest')).toContain('parameter E');
  });

  test('tags of the stack reach every resource', async () => {
    const { fact } = await readSources('cloudformation', { ...store, tags: { owner: 'x' } });
    expect(fact('store.yaml#Uploads', 'tags')).toEqual({ owner: 'x', data: 'pupils' });
  });
});

test('a vault of the same name in another region is another vault', async () => {
  const vaults = (arn: string): string => `
Resources:
  Vault: {Type: "AWS::Backup::BackupVault", Properties: {BackupVaultName: main}}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanRule:
          - {TargetBackupVault: !Ref Vault, CopyActions: [{DestinationBackupVaultArn: "${arn}"}]}
`;
  const far = 'arn:aws:backup:us-west-2:111122223333:backup-vault:main';
  for (const options of [{ region: 'eu-west-3' }, {}]) {
    const { relations, fact } = await read(vaults(far), options);
    expect(relations('a.yaml#Vault')).toEqual([`backup ${far}`]);
    expect(fact(far, 'place.region')).toBe('us-west-2');
  }
  const other = 'arn:aws:backup:eu-west-3:999999999999:backup-vault:main';
  const { relations } = await read(vaults(other), { region: 'eu-west-3', account: '111122223333' });
  expect(relations('a.yaml#Vault')).toEqual([`backup ${other}`]);
});

test.each([
  [
    'a macro',
    'Transform: [AWS::Serverless-2016-10-31, Ours]\nResources: {Q: {Type: "AWS::SQS::Queue"}}',
    'Ours',
  ],
  [
    'an included file',
    'Resources: {Q: {Type: "AWS::SQS::Queue"}, Rest: {Fn::Transform: {Name: AWS::Include}}}',
    'Rest',
  ],
  [
    'a nested stack',
    'Resources: {N: {Type: "AWS::CloudFormation::Stack", Properties: {TemplateURL: "https://x/y"}}}',
    'N',
  ],
  [
    'an application',
    'Resources: {N: {Type: "AWS::Serverless::Application", Properties: {Location: ./n.yaml}}}',
    'N',
  ],
  ['a module', 'Resources: {M: {Type: "Our::S3::Bucket::MODULE"}, Q: {Type: "AWS::SQS::Queue"}}', 'M'],
])('%s makes what is not here, and that is a gap', async (_, text, name) => {
  const { observed } = await read(text, { region: 'eu-west-3' });
  expect(observed.gaps.map(({ subject, reason }) => `${subject} ${reason}`)).toEqual([
    `a.yaml#${name}/* not_collected`,
  ]);
  expect([...observed.incomplete]).toEqual(['cloudformation']);
});

describe('accounting', () => {
  test.each(['store.yaml', 'example-01.yaml', 'intrinsics.yaml'])(
    '%s: resources in are assets and what its conditions leave out',
    async (name) => {
      const { observations, observed } = await readSources('cloudformation', {
        template: `${folder}/${name}`,
      });
      const about = observations.find(({ operation }) => operation === 'read')?.about;
      const declared =
        readFileSync(`${folder}/${name}`, 'utf8')
          .split('Resources:')[1]
          ?.match(/^ {2}\w+:/gm) ?? [];
      const left = about?.['left_out'];
      const own = [...observed.assets.keys()].filter((id) => id.startsWith(`${name}#`) && !/[@→]/.test(id));
      expect(own.length + (Array.isArray(left) ? left.length : 0)).toBe(declared.length);
      expect(about?.['defined']).toBe(declared.length);
    },
  );

  test('every resource stands with its line', async () => {
    const { observations } = await readSources('cloudformation', store);
    expect(observations.find(({ subject }) => subject === 'store.yaml#Logs')?.ref).toBe(
      `${folder}/store.yaml:26:3`,
    );
  });

  test('files of one name are told apart by their folders', async () => {
    const { observed } = await readSources('cloudformation', store, {
      template: `${folder}/../cloudformation/../cloudformation/store.yaml`,
      stack: 'other',
    });
    expect([...observed.assets.keys()]).toEqual(expect.arrayContaining(['other#Logs']));
  });

  test('one address in two files is refused with both places', async () => {
    const twice = withFiles(
      {
        'a.yaml': 'Resources: {B: {Type: "AWS::S3::Bucket"}}',
        'b.yaml': 'Resources: {B: {Type: "AWS::S3::Bucket"}}',
      },
      (path) =>
        readSources(
          'cloudformation',
          { template: path('a.yaml'), stack: 's' },
          { template: path('b.yaml'), stack: 's' },
        ),
    );
    await expect(twice).rejects.toThrow(/s#B is defined twice.*a\.yaml:1:13/s);
  });

  test('loops are written out', async () => {
    const { observed } = await read(`
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Buckets:
    - Name
    - [Alpha, Beta]
    - "Bucket\${Name}": {Type: "AWS::S3::Bucket", Properties: {BucketName: !Sub "x-\${Name}"}}
`);
    expect([...observed.assets.values()].map(({ id, seen }) => `${id} ${seen.name}`)).toEqual([
      'a.yaml#BucketAlpha x-Alpha',
      'a.yaml#BucketBeta x-Beta',
    ]);
  });
});

describe('what cannot be read', () => {
  test.each([
    [
      'a resource without type',
      'Resources:\n  A: {Properties: {}}\n',
      /a\.yaml:2:3: the resource A has no type/,
    ],
    ['no resources', 'AWSTemplateFormatVersion: "2010-09-09"\n', /without resources/],
    ['broken YAML', 'Resources:\n  A: [\n', /a\.yaml:\d+:\d+: the YAML is broken/],
    ['a tag of another tool', 'Resources: {A: !Foo x}\n', /a\.yaml:1:21: tags of your own/],
  ])('%s is told with its place', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  test('a mutated template is read or refused, never more', async () => {
    const text = readFileSync(`${folder}/store.yaml`, 'utf8');
    const pieces = [
      '!Ref AWS::Region',
      '!If [IsProd, a, b]',
      '{}',
      '[]',
      'null',
      '&a',
      '*a',
      '!GetAtt x',
      '!Sub "${A.B}"',
      '- ',
      '"',
      'Fn::ForEach::X:',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(fc.nat(), fc.nat(), fc.nat()),
        fc.tuple(fc.nat(), fc.nat(), fc.nat()),
        async (first, second) => {
          const changed = mutate(mutate(text, first, pieces), second, pieces);
          await read(changed, { region: 'eu-west-3' }).catch((error: unknown) => {
            if (!(error instanceof BercailError)) throw error;
          });
        },
      ),
      { numRuns: 400, seed: 6 },
    );
  });
});
