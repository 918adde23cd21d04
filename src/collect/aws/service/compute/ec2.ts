import type { Instance } from '@aws-sdk/client-ec2';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { Observation } from '../../../../inventory/observation.ts';
import { action } from '../action.ts';
import type { Facts } from '../fact.ts';
import { absent, known, tagsFact } from '../fact.ts';
import type { Item } from '../item.ts';
import { listItems, observeItem } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';

const describeInstances = action('ec2:DescribeInstances');

/** Machines. What they keep is in their volumes. */
export const ec2Service: AwsService = {
  name: 'ec2',
  scope: 'region',
  calls: [describeInstances],
  read: readInstances,
};

async function* readInstances(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(EC2Client);
  yield* listItems(session, context, {
    call: describeInstances,
    send: (NextToken, abortSignal) =>
      client.send(new DescribeInstancesCommand({ MaxResults: 1000, NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Reservations = [] }) =>
      Reservations.flatMap(({ Instances = [] }) =>
        Instances.filter(({ State }) => State?.Name !== 'terminated'),
      ),
    each: (instance, answer) => [observeItem(session, context, answer, showInstance(instance, session))],
  });
}

/** Without a public address it is no entry point; with one, whether it answers is for its firewall to say. */
export function showInstance(
  { InstanceId: name = '', Tags, PublicIpAddress, Ipv6Address }: Instance,
  session: ServiceSession,
): Item {
  const facts: Facts = PublicIpAddress || Ipv6Address ? {} : { entry_point: known(false), endpoints: absent };
  return {
    id: session.arn('ec2', session.region, `instance/${name}`),
    kind: 'server',
    name,
    facts: { tags: tagsFact(Tags), ...facts },
  };
}
