import { APIGatewayClient, CreateRestApiCommand } from '@aws-sdk/client-api-gateway';
import { CloudFrontClient, CreateDistributionCommand } from '@aws-sdk/client-cloudfront';
import {
  CloudTrailClient,
  CreateTrailCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutDestinationCommand,
  PutRetentionPolicyCommand,
  PutSubscriptionFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Built } from './account.ts';
import { dublin, paris, results, virginia } from './account.ts';

/** What serves the data and what tells of it: a cache at the edge, interfaces, queues, logs, a trail into another account. */
export async function buildDeliveries(prod: Built, lab: Built): Promise<void> {
  await serve(prod);
  await notify(prod, lab);
  await log(prod, lab);
}

async function serve(prod: Built): Promise<void> {
  await prod.client(CloudFrontClient).send(
    new CreateDistributionCommand({
      DistributionConfig: {
        CallerReference: 'www',
        Comment: '',
        Enabled: true,
        Origins: {
          Quantity: 1,
          Items: [
            {
              Id: 'store',
              DomainName: `reperes-prod.s3.${dublin}.amazonaws.com`,
              S3OriginConfig: { OriginAccessIdentity: '' },
            },
          ],
        },
        DefaultCacheBehavior: { TargetOriginId: 'store', ViewerProtocolPolicy: 'redirect-to-https' },
        Logging: { Enabled: true, IncludeCookies: false, Bucket: 'cdn-logs.s3.amazonaws.com', Prefix: '' },
      },
    }),
  );
  const gateway = prod.client(APIGatewayClient, paris);
  for (const type of ['EDGE', 'REGIONAL'] as const)
    await gateway.send(
      new CreateRestApiCommand({ name: `api-${type}`, endpointConfiguration: { types: [type] } }),
    );
  await prod
    .client(Route53Client)
    .send(new CreateHostedZoneCommand({ Name: 'example.org', CallerReference: 'zone' }));
}

async function notify(prod: Built, lab: Built): Promise<void> {
  const sqs = prod.client(SQSClient, paris);
  await sqs.send(new CreateQueueCommand({ QueueName: 'answers', tags: results }));
  for (let i = 1; i <= 8; i += 1)
    await sqs.send(new CreateQueueCommand({ QueueName: `work-${i}`, tags: { app: 'ent' } }));
  await lab.client(SQSClient, virginia).send(new CreateQueueCommand({ QueueName: 'copies' }));
  const sns = prod.client(SNSClient, paris);
  const { TopicArn } = await sns.send(
    new CreateTopicCommand({ Name: 'results', Tags: [{ Key: 'data-class', Value: 'results' }] }),
  );
  await sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: `arn:aws:sqs:${virginia}:${lab.account}:copies`,
    }),
  );
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'head.teacher@example.org' }));
}

async function log(prod: Built, lab: Built): Promise<void> {
  const kinesis = lab.client(KinesisClient, paris);
  await kinesis.send(new CreateStreamCommand({ StreamName: 'logs', ShardCount: 1 }));
  const target = lab.client(CloudWatchLogsClient, paris);
  await target.send(
    new PutDestinationCommand({
      destinationName: 'central',
      targetArn: `arn:aws:kinesis:${paris}:${lab.account}:stream/logs`,
      roleArn: `arn:aws:iam::${lab.account}:role/r`,
    }),
  );
  const logs = prod.client(CloudWatchLogsClient, paris);
  for (let i = 1; i <= 10; i += 1) {
    const logGroupName = `/app/${i}`;
    await logs.send(new CreateLogGroupCommand({ logGroupName, tags: i === 1 ? results : { app: 'ent' } }));
    if (i % 2 === 1) await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 90 }));
  }
  await logs
    .send(
      new PutSubscriptionFilterCommand({
        logGroupName: '/app/1',
        filterName: 'all',
        filterPattern: '',
        destinationArn: `arn:aws:kinesis:${paris}:${prod.account}:stream/changes`,
      }),
    )
    .catch(() => undefined);
  const trails = prod.client(CloudTrailClient, paris);
  await trails.send(new CreateTrailCommand({ Name: 'audit', S3BucketName: 'lab-trail' }));
  await trails.send(
    new PutEventSelectorsCommand({
      TrailName: 'audit',
      EventSelectors: [
        {
          ReadWriteType: 'All',
          DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::school-003/'] }],
        },
      ],
    }),
  );
  // A trail is made at rest.
  await trails.send(new StartLoggingCommand({ Name: 'audit' }));
}
