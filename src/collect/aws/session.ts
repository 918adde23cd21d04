import type { Gate } from '../bounded.ts';
import type { Call } from '../call.ts';
import type { Options } from '../collector.ts';
import { sendOnly } from '../s3/send-only.ts';
import type { Connection } from './connection.ts';
import type { ClientClass, ServiceSession } from './service/service.ts';

export interface SessionSetting {
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  /** ARN of the role that reads the account; null for the caller's own credentials. */
  readonly role: string | null;
  readonly options: Options;
  /** What its clients may send. */
  readonly calls: readonly Call[];
  /** Bounds the requests under way. */
  readonly gate: Gate;
}

/** The clients of one job. They share the sockets and credentials of the connection, and are gone with the job. */
export function openSession(
  connection: Connection,
  { account, partition, region, role, options, calls, gate }: SessionSetting,
): ServiceSession {
  const config = connection.configOf(role, gate);
  const clients = new Map<unknown, Map<string, unknown>>();
  const client = <C>(Client: ClientClass<C>, wanted = region): C => {
    const byRegion = clients.get(Client) ?? new Map<string, unknown>();
    clients.set(Client, byRegion);
    const made =
      (byRegion.get(wanted) as C | undefined) ?? sendOnly(new Client({ ...config, region: wanted }), calls);
    byRegion.set(wanted, made);
    return made;
  };
  const scope = `${account}/${region}`;
  return {
    account,
    partition,
    region,
    scope,
    options,
    client,
    scene: (subject) => ({ source: 'aws', scope, subject }),
    arn: (service, where, resource) => `arn:${partition}:${service}:${where}:${account}:${resource}`,
  };
}

/** The account itself as an asset: the ARN that IAM has for it. */
export function accountArn(partition: string, account: string): string {
  return `arn:${partition}:iam::${account}:root`;
}
