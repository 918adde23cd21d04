/** The parts of an ARN; empty texts are null. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string | null;
  readonly account: string | null;
  /** Everything after the account: `key/1234`, `db:ent`, `bucket/prefix`. */
  readonly resource: string;
}

export function parseArn(text: string | null | undefined): Arn | null {
  const [start, partition, service, region, account, ...resource] = (text ?? '').split(':');
  if (start !== 'arn' || !partition || !service || resource.length === 0) return null;
  return {
    partition,
    service,
    region: region || null,
    account: account || null,
    resource: resource.join(':'),
  };
}

/** `db:ent` and `db/ent` → `ent`; `log-group:/aws/lambda/x` → `/aws/lambda/x`. */
export function nameOfArn(text: string): string {
  const resource = parseArn(text)?.resource ?? text;
  return /^[\w-]+[:/](.+)$/.exec(resource)?.[1] ?? resource;
}

/** Names of a bucket, without what follows it: `arn:…:s3:::reperes/logs/*` → `reperes`. */
export function bucketOfArn(text: string): string | null {
  const arn = parseArn(text);
  return arn?.service === 's3' && arn.account === null ? arn.resource.split(/[/:]/)[0] || null : null;
}
