/** The parts of an ARN that place it: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`. Empty parts are null. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string | null;
  readonly account: string | null;
  readonly resource: string;
}

const PARTS = /^arn:([a-z][a-z0-9-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|aws|):(.+)$/s;

export function parseArn(text: string): Arn | null {
  const [, partition = '', service = '', region = '', account = '', resource = ''] = PARTS.exec(text) ?? [];
  if (partition === '') return null;
  return {
    partition,
    service,
    region: region || null,
    account: /^\d+$/.test(account) ? account : null,
    resource,
  };
}

/** The bucket of a virtual-hosted address of S3; no name of a host has more than 253 characters. */
export function bucketOfHost(text: string): string | undefined {
  if (text.length > 253) return undefined;
  return /^(.+?)\.s3(?:[.-][a-z0-9.-]+)?\.amazonaws\.(?:com|eu)(?:\.cn)?$/.exec(text)?.[1];
}

/** Regions outside the commercial partition begin with its mark; each partition is a provider of the catalog. */
const PARTITIONS: readonly (readonly [prefix: string, provider: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
];

export function providerOfAwsRegion(region: string | null): string {
  return PARTITIONS.find(([prefix]) => region?.startsWith(prefix))?.[1] ?? 'aws';
}
