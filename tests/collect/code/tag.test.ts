import { afterAll, describe, expect, test } from '@jest/globals';
import { settleTags } from '../../../src/collect/code/tag.ts';
import type { Fact, Json } from '../../../src/inventory/fact.ts';
import { scratchFolder, type } from '../../setup/command-line.ts';
import { planOf } from '../../setup/terraform.ts';

const tags = (value: { readonly [key: string]: Json }): Fact => ({ state: 'known', value });
const unsaid = (note: string): Fact => ({ state: 'not_collected', note });
const keys = new Set(['data-class']);

describe('a tag whose value is not known yet', () => {
  test.each<readonly [string, Fact, ReadonlySet<string> | undefined, Fact]>([
    [
      'leaves all open where any tag may matter',
      tags({ Name: null, a: 'b' }),
      undefined,
      unsaid('known after apply: tags Name'),
    ],
    [
      'leaves all open where it is one that matters',
      tags({ 'Data-Class': null, a: 'b' }),
      keys,
      unsaid('known after apply: tags Data-Class'),
    ],
    [
      'is left out where it does not',
      tags({ Name: null, 'data-class': 'pupil' }),
      keys,
      tags({ 'data-class': 'pupil' }),
    ],
    ['may be the only one', tags({ Name: null }), keys, { state: 'absent' }],
    ['changes nothing where all are known', tags({ a: 'b' }), undefined, tags({ a: 'b' })],
    ['changes nothing where none is known', unsaid('later'), keys, unsaid('later')],
  ])('%s', (_, before, known, after) => {
    expect(settleTags(before, known)).toEqual(after);
  });
});

const folder = await scratchFolder();
afterAll(() => folder.remove());

const plan = (unknown: string): string =>
  JSON.stringify(
    planOf({
      providers: { aws: { expressions: { region: { constant_value: 'us-east-1' } } } },
      resources: [
        {
          address: 'aws_s3_bucket.b',
          after: { tags: { Name: 'x', 'data-class': 'infirmerie', [unknown]: null } },
          unknown: { tags: { [unknown]: true } },
        },
      ],
    }),
  );
const template = (key: string): string =>
  `Parameters: {P: {Type: String}}\nResources: {B: {Type: "AWS::S3::Bucket", Properties: {Tags: [{Key: data-class, Value: infirmerie}, {Key: ${key}, Value: !Ref P}]}}}\n`;
const arm = (key: string): string =>
  JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: { p: { type: 'string' } },
    resources: [
      {
        type: 'Microsoft.Storage/storageAccounts',
        apiVersion: '2023-05-01',
        name: 's',
        location: 'eastus',
        sku: { name: 'Standard_LRS' },
        tags: { 'data-class': 'infirmerie', [key]: "[parameters('p')]" },
      },
    ],
  });

/** The policy `academie` classes by `data-class`; a manifest that knows its own by `app`. */
describe.each([
  ['a plan', 'plan.json', plan],
  ['a CloudFormation template', 'template.yaml', template],
  ['an ARM template', 'arm.json', arm],
])('in %s', (_, name, write) => {
  test.each([
    ['that neither classes nor declares leaves the class that another tag gives', 'Name', 'pass'],
    ['that classes leaves the class open', 'data-class', 'unknown'],
    ['by which the manifest knows its own leaves all open', 'app', 'unknown'],
  ])('a tag %s', async (__, key, outcome) => {
    await folder.write(
      'manifest.yaml',
      'bercail: manifest/v1\nid: m\norganisations: {men: {name: Ministère, role: controller}}\nassets: {a: {kind: object_store, operator: men, match: [{source: terraform, tags: {app: x}}]}}\n',
    );
    await folder.write(name, write(key));
    const { out, err } = await type([
      'check',
      folder.path(name),
      folder.path('manifest.yaml'),
      '--policy',
      'academie',
      '--rule',
      'CLS-01',
      '--format',
      'json',
      '--all',
    ]);
    expect(err).not.toContain('→');
    const { findings } = JSON.parse(out) as { findings: { subject: { id: string }; outcome: string }[] };
    const own = findings.filter(({ subject }) => subject.id !== 'a');
    expect(own.map((one) => one.outcome)).toEqual([outcome]);
  });
});
