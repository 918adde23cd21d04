import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSnapshot } from '../../src/collect/snapshot/write.ts';
import type { Observation } from '../../src/inventory/observation.ts';
import { bucket, known } from '../setup/run.ts';

/** What no reader outside may see, planted wherever an audit can read it. The words stand in nothing else. */
export const planted = {
  accounts: ['907856341209', '345678901234', '9f8e7d6c-1234-4abc-8def-0123456789ab'],
  buckets: ['plantedbucket-lyon', 'plantedreplica', 'plantedlogs', 'plantedstray', 'plantedcontainer'],
  people: ['Zoé Plantier', 'Yann Semeur', 'Xavière Graine', 'Wilma Racine'],
  addresses: ['zoe.plantier@example.org', 'dpo-plantee@example.org', '12 rue de la Plantation'],
  hosts: ['db7.planted.internal', 's3.planted-host.example', 'planted-endpoint.example'],
  tags: ['PlantedCostCentre', 'PlantedTagValue'],
  others: ['plantedkeyid', 'plantedfolder', 'plantedrole', 'planted-vm-group', 'plantedcolumn'],
} as const;

export const secrets: readonly string[] = Object.values(planted).flat();

const manifest = `
bercail: manifest/v1
id: planted
title: {fr: Suivi des élèves, en: Pupils' records}
organisations:
  ministry: {name: Ministère, role: controller, kind: public_body, seat: FR, address: 12 rue de la Plantation, dpo: {contact: dpo-plantee@example.org}}
  person: {name: Zoé Plantier, role: processor, kind: individual, engaged_by: ministry, seat: FR}
  aws: {provider: aws, role: sub_processor, engaged_by: person, authorised: lettre de Wilma Racine}
datasets:
  records: {title: {fr: Dossiers, en: Records}, subjects: [pupil], categories: [identity.name, education.results], identifiability: pseudonymised, population: 1000, fields: [{name: plantedcolumn, role: pseudonym, derived_from: name, key_held_by: person}]}
assets:
  store: {kind: object_store, operator: aws, place: {provider: aws, region: eu-west-1}, holds: [records], account: "907856341209", endpoints: ["https://planted-endpoint.example"], encryption: {at_rest: true, key_account: "345678901234"}, match: [{source: aws, name: "plantedbucket-*", tags: {PlantedCostCentre: PlantedTagValue}}]}
  gone: {kind: database, operator: aws, place: {provider: aws, region: eu-west-3}, holds: [records], match: [{source: aws, name: db7.planted.internal}]}
flows:
  - {id: entry, from: schools, to: store, datasets: [records], recipient: person}
activities:
  follow-up: {title: {fr: Suivi, en: Follow-up}, controller: ministry, datasets: [records], objection_route: zoe.plantier@example.org}
claims:
  - {about: records, says: {identifiability: anonymised}, by: Ministère, on: 2018-09-26, source: press, ref: "a newspaper"}
  - {about: records, says: {identifiability: anonymised}, by: Wilma Racine, on: 2018-09-26}
attestations:
  - {rule: GOV-07, subject: follow-up, answer: no, signed_by: Yann Semeur, signed_on: 2026-09-01, expires: 2027-09-01, evidence: {file: plantedfolder/avis.pdf, sha256: "${'a'.repeat(64)}"}}
`;

const waivers = `
bercail: waivers/v1
waivers:
  - {rule: LOC-01, subject: "records@store", reason: "Xavière Graine et zoe.plantier@example.org l'ont voulu", approved_by: Xavière Graine, approved_on: 2026-09-01, expires: 2027-01-01}
  - {rule: SEC-03, subject: "records@plantedstray", reason: rien, approved_by: Xavière Graine, approved_on: 2026-09-01, expires: 2026-10-01}
`;

const account = { account: '907856341209' };
const tags = known({ PlantedCostCentre: 'PlantedTagValue', owner: 'Zoé Plantier' });

const observations: readonly Observation[] = [
  bucket(
    'plantedbucket-lyon',
    {
      'place.region': known('eu-west-1'),
      tags,
      'encryption.key_manager': known('provider'),
      public: known(true),
      'access.outside_accounts': known(['345678901234']),
    },
    {
      subject: 'arn:aws:s3:::plantedbucket-lyon',
      asset: account,
      relations: [
        { kind: 'replica', to: 'arn:aws:s3:::plantedreplica', operation: 's3:GetBucketReplication' },
        { kind: 'log', to: 'arn:aws:s3:::plantedlogs', operation: 's3:GetBucketLogging' },
        {
          kind: 'key',
          to: 'arn:aws:kms:eu-west-1:345678901234:key/plantedkeyid',
          operation: 's3:GetBucketEncryption',
        },
      ],
    },
  ),
  bucket(
    'plantedreplica',
    { 'place.region': known('us-east-1'), tags },
    { subject: 'arn:aws:s3:::plantedreplica', asset: account },
  ),
  bucket(
    'plantedlogs',
    { 'place.region': known('eu-west-99'), tags },
    { subject: 'arn:aws:s3:::plantedlogs', asset: account },
  ),
  bucket(
    'plantedstray',
    { 'place.region': known('eu-west-1'), tags },
    { subject: 's3://s3.planted-host.example/plantedstray', asset: { provider: 'aws' } },
  ),
  bucket(
    'db7.planted.internal',
    { 'place.region': known('eu-west-1'), tags },
    {
      subject: 'arn:aws:rds:eu-west-1:907856341209:db:db7.planted.internal',
      asset: { ...account, kind: 'database' },
    },
  ),
  bucket(
    'plantedcontainer',
    { 'place.region': known('westeurope'), tags },
    {
      subject:
        '/subscriptions/9f8e7d6c-1234-4abc-8def-0123456789ab/resourceGroups/planted-vm-group/providers/Microsoft.Storage/storageAccounts/plantedcontainer',
      asset: { provider: 'azure', account: '9f8e7d6c-1234-4abc-8def-0123456789ab' },
    },
  ),
  {
    source: 'aws',
    scope: '907856341209/eu-west-1',
    operation: 's3:GetBucketPolicy',
    subject: 'arn:aws:s3:::plantedbucket-lyon',
    at: '2026-11-22T08:00:00Z',
    sha256: null,
    outcome: 'denied',
    permission: 's3:GetBucketPolicy',
  },
];

/** A project whose every input names secrets. */
export async function plantProject(at: string): Promise<string> {
  const folder = join(at, 'plantedfolder');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'manifest.yaml'), manifest);
  writeFileSync(join(folder, 'waivers.yaml'), waivers);
  writeFileSync(
    join(folder, 'bercail.yaml'),
    'bercail: config/v1\nmanifests: [manifest.yaml]\nwaivers: waivers.yaml\nsources:\n  - snapshot: account.inventory.ndjson.gz\n',
  );
  await writeSnapshot(
    join(folder, 'account.inventory.ndjson.gz'),
    {
      version: '0.1.0',
      created: '2026-11-22T08:00:00Z',
      source: { kind: 'aws', options: { profile: 'plantedrole' } },
    },
    observations,
  );
  return folder;
}
