import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

const REGIONS = ['eu-west-3', 'eu-west-3', 'eu-west-3', 'eu-west-1', 'us-east-1'];
const CLASSES = ['eleves-resultats', 'aucune-donnee-personnelle', 'eleves-sante', 'journaux', null];
const TEAMS = 20;

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type Tree = { readonly [key: string]: Json };

/** What one service is made of: ten resources, half of which hold data. */
const SERVICE: readonly (readonly [type: string, name: string, after: (service: Service) => Tree])[] = [
  ['aws_s3_bucket', 'data', ({ id }) => ({ bucket: `service-${id}`, force_destroy: false })],
  [
    'aws_s3_bucket_server_side_encryption_configuration',
    'data',
    ({ id }) => ({
      bucket: `service-${id}`,
      rule: [
        {
          apply_server_side_encryption_by_default: [{ kms_master_key_id: '', sse_algorithm: 'aws:kms' }],
          bucket_key_enabled: true,
        },
      ],
    }),
  ],
  [
    'aws_s3_bucket_public_access_block',
    'data',
    ({ id, index }) => ({
      bucket: `service-${id}`,
      block_public_acls: index % 7 !== 0,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: index % 7 !== 0,
    }),
  ],
  [
    'aws_s3_bucket_versioning',
    'data',
    ({ id }) => ({ bucket: `service-${id}`, versioning_configuration: [{ status: 'Enabled' }] }),
  ],
  [
    'aws_db_instance',
    'records',
    ({ id, index }) => ({
      identifier: `service-${id}`,
      engine: 'postgres',
      instance_class: 'db.t4g.medium',
      allocated_storage: 50,
      storage_encrypted: index % 5 !== 0,
      publicly_accessible: false,
      backup_retention_period: 30,
      multi_az: true,
      skip_final_snapshot: false,
    }),
  ],
  [
    'aws_sqs_queue',
    'jobs',
    ({ id, index }) => ({
      name: `service-${id}`,
      sqs_managed_sse_enabled: index % 6 !== 0,
      message_retention_seconds: 345_600,
    }),
  ],
  [
    'aws_kms_key',
    'data',
    () => ({ description: 'data of the service', enable_key_rotation: true, multi_region: false }),
  ],
  [
    'aws_iam_role',
    'worker',
    ({ id, embedded }) => ({
      name: `service-${id}`,
      description: embedded,
      assume_role_policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
        ],
      }),
    }),
  ],
  [
    'aws_lambda_function',
    'worker',
    ({ id }) => ({
      function_name: `service-${id}`,
      runtime: 'nodejs22.x',
      handler: 'index.handler',
      memory_size: 256,
      environment: [{ variables: { BUCKET: `service-${id}` } }],
    }),
  ],
  [
    'aws_security_group',
    'worker',
    ({ id }) => ({ name: `service-${id}`, description: 'worker', egress: [], ingress: [] }),
  ],
];

interface Service {
  readonly id: string;
  readonly index: number;
  /** A text that the plan carries with one resource in ten, as plans carry policies and scripts. */
  readonly embedded: string;
}

/** `null` keeps a value unknown until it is applied. */
const UNKNOWN: Tree = { arn: true, id: true, tags: {}, tags_all: {} };

/**
 * Writes a plan of so many resources, as Terraform 1.9 with version 6 of the AWS provider prints one. Piece by piece:
 * plans of half a gigabyte are measured. `embedded` characters of text go with one resource in ten.
 */
export async function writePlan(file: string, resources: number, embedded = 0): Promise<void> {
  const text = 'x'.repeat(embedded);
  const out = createWriteStream(file);
  const write = async (text: string): Promise<void> => {
    if (!out.write(text)) await once(out, 'drain');
  };
  await write(
    '{"format_version":"1.2","terraform_version":"1.9.8","variables":{},"planned_values":{"root_module":{"child_modules":[',
  );
  for (let team = 0; team < TEAMS; team += 1) {
    const own = [...servicesOf(team, resources, text)];
    if (own.length === 0) continue;
    await write(`${team === 0 ? '' : ','}{"address":${JSON.stringify(teamAddress(team))},"child_modules":[`);
    for (const [at, { service, count }] of own.entries()) {
      const parts = SERVICE.slice(0, count).map((_, part) => planned(team, service, part));
      const address = moduleAddress(team, service);
      await write(`${at === 0 ? '' : ','}${JSON.stringify({ address, resources: parts })}`);
    }
    await write(']}');
  }
  await write(']}},"resource_changes":[');
  let isFirst = true;
  for (let team = 0; team < TEAMS; team += 1) {
    for (const { service, count } of servicesOf(team, resources, text)) {
      for (let part = 0; part < count; part += 1) {
        await write(`${isFirst ? '' : ','}${JSON.stringify(change(team, service, part))}`);
        isFirst = false;
      }
    }
  }
  await write(
    `],"configuration":${JSON.stringify(configuration())},"timestamp":"2026-11-01T08:00:00Z","errored":false}\n`,
  );
  out.end();
  await once(out, 'finish');
}

function* servicesOf(
  team: number,
  resources: number,
  embedded: string,
): Generator<{ service: Service; count: number }> {
  for (let index = team; index * SERVICE.length < resources; index += TEAMS)
    yield {
      service: { index, id: String(index).padStart(6, '0'), embedded },
      count: Math.min(SERVICE.length, resources - index * SERVICE.length),
    };
}

function teamAddress(team: number): string {
  return `module.team_${String(team).padStart(2, '0')}`;
}

function moduleAddress(team: number, { id }: Service): string {
  return `${teamAddress(team)}.module.service["${id}"]`;
}

function values(service: Service, part: number): Tree {
  const { index, id } = service;
  const tagged = CLASSES[index % CLASSES.length] ?? null;
  const tags: Tree | null = tagged === null ? null : { 'data-class': tagged, service: id };
  const all: Tree = { ...tags, owner: 'platform' };
  return {
    ...SERVICE[part]?.[2](service),
    region: REGIONS[index % REGIONS.length] ?? null,
    tags,
    tags_all: all,
    timeouts: null,
  };
}

function head(team: number, service: Service, part: number): Tree {
  const [type = '', name = ''] = SERVICE[part] ?? [];
  return {
    address: `${moduleAddress(team, service)}.${type}.${name}`,
    mode: 'managed',
    type,
    name,
    provider_name: 'registry.terraform.io/hashicorp/aws',
  };
}

function planned(team: number, service: Service, part: number): Tree {
  return {
    ...head(team, service, part),
    schema_version: 0,
    values: values(service, part),
    sensitive_values: { tags: {}, tags_all: {} },
  };
}

function change(team: number, service: Service, part: number): Tree {
  return {
    ...head(team, service, part),
    module_address: moduleAddress(team, service),
    change: {
      actions: ['create'],
      before: null,
      after: values(service, part),
      after_unknown: UNKNOWN,
      before_sensitive: false,
      after_sensitive: { tags: {}, tags_all: {} },
    },
  };
}

function configuration(): Tree {
  const resources = SERVICE.map(([type, name]) => ({
    address: `${type}.${name}`,
    mode: 'managed',
    type,
    name,
    provider_config_key: 'aws',
    expressions: { region: { references: ['var.region'] }, tags: { references: ['var.tags'] } },
    schema_version: 0,
  }));
  const service: Tree = {
    source: './modules/service',
    for_each_expression: { references: ['var.services'] },
    expressions: { region: { references: ['each.value.region', 'each.value'] } },
    module: { resources, variables: { region: {}, tags: {} } },
  };
  const calls = Array.from({ length: TEAMS }, (_, team) => [
    `team_${String(team).padStart(2, '0')}`,
    { source: './modules/team', module: { module_calls: { service }, variables: { services: {} } } },
  ]);
  return {
    provider_config: {
      aws: {
        name: 'aws',
        full_name: 'registry.terraform.io/hashicorp/aws',
        version_constraint: '~> 6.0',
        expressions: { region: { constant_value: 'eu-west-3' } },
      },
    },
    root_module: { module_calls: Object.fromEntries(calls) as Tree },
  };
}
