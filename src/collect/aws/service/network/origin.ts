import type { End } from '../item.ts';
import type { ServiceSession } from '../service.ts';

/** `NAME.s3.REGION.amazonaws.com`, `NAME.s3.amazonaws.com`, `NAME.s3-website-REGION.…`, `NAME.s3-REGION.…`. */
const BUCKET =
  /^(.+?)\.s3(?:-website)?(?:[.-](?:dualstack\.)?([a-z]{2,}(?:-[a-z]+)+-\d))?\.amazonaws\.com(?:\.cn)?$/;
const GATEWAY = /^([a-z0-9]+)\.execute-api\.([a-z0-9-]+)\.amazonaws\.com/;
const BALANCER = /\.([a-z]{2,}(?:-[a-z]+)+-\d)\.elb\.amazonaws\.com/;
const FUNCTION = /^[a-z0-9]+\.lambda-url\.([a-z0-9-]+)\.on\.aws$/;

/** What stands behind a host name that content is fetched from; anything that is not AWS's is a host of its own. */
export function endOfHost(host: string, session: ServiceSession): End {
  const [, bucket, region = null] = BUCKET.exec(host) ?? [];
  if (bucket !== undefined)
    return { id: `arn:${session.partition}:s3:::${bucket}`, kind: 'object_store', name: bucket, region };
  const [, api, where] = GATEWAY.exec(host) ?? [];
  if (api !== undefined && where !== undefined)
    return {
      id: `arn:${session.partition}:apigateway:${where}::/restapis/${api}`,
      kind: 'endpoint',
      name: host,
      region: where,
    };
  const balancer = BALANCER.exec(host)?.[1] ?? FUNCTION.exec(host)?.[1];
  return { id: `https://${host}`, kind: 'endpoint', name: host, region: balancer ?? null };
}

/** Name of the bucket that a log setting writes as a host: `NAME.s3.amazonaws.com`. */
export function bucketOfHost(host: string): string {
  return BUCKET.exec(host)?.[1] ?? host;
}
