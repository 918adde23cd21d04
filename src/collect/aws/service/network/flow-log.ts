import type { FlowLog } from '@aws-sdk/client-ec2';
import { DescribeFlowLogsCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { Observation } from '../../../../inventory/observation.ts';
import { action } from '../action.ts';
import { bucketOfArn } from '../arn.ts';
import type { End } from '../item.ts';
import { listItems, observeEnd } from '../item.ts';
import { kindOfArn } from '../other/kind.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from '../storage/place-bucket.ts';

const describeFlowLogs = action('ec2:DescribeFlowLogs', { facts: ['relations.log'] });

/** Who spoke with whom, by address: of networks, to a bucket, a log group or a stream, maybe of another account. */
export const flowLogService: AwsService = placingBuckets({
  name: 'flow-log',
  scope: 'region',
  calls: [describeFlowLogs],
  read: readFlowLogs,
});

async function* readFlowLogs(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  if (!context.needs(describeFlowLogs)) return;
  const client = session.client(EC2Client);
  yield* listItems(session, context, {
    call: describeFlowLogs,
    send: (NextToken, abortSignal) =>
      client.send(new DescribeFlowLogsCommand({ MaxResults: 1000, NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ FlowLogs }) => FlowLogs,
    each: (log, answer) => showFlowLog(log, session).map((end) => observeEnd(session, answer, end)),
  });
}

const types: { readonly [prefix: string]: string } = {
  vpc: 'vpc',
  subnet: 'subnet',
  eni: 'network-interface',
  tgw: 'transit-gateway',
  'tgw-attach': 'transit-gateway-attachment',
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FlowLog.html */
export function showFlowLog(
  { ResourceId, LogDestination, LogGroupName }: FlowLog,
  session: ServiceSession,
): readonly End[] {
  const to = destinationOf(LogDestination, LogGroupName, session);
  if (!ResourceId || to === null) return [];
  const type = types[ResourceId.replace(/-[^-]*$/, '')] ?? 'network';
  return [
    {
      id: session.arn('ec2', session.region, `${type}/${ResourceId}`),
      kind: 'other',
      relations: [{ kind: 'log', to }],
    },
    { id: to, kind: kindOfArn(to) },
  ];
}

/** One that delivers nothing at the moment, for want of a right, goes there all the same once it has it. */
function destinationOf(
  arn: string | undefined,
  group: string | undefined,
  session: ServiceSession,
): string | null {
  if (!arn) return group ? session.arn('logs', session.region, `log-group:${group}`) : null;
  const bucket = bucketOfArn(arn);
  return bucket === null ? arn.replace(/:\*$/, '') : `arn:${session.partition}:s3:::${bucket}`;
}
