import type { Selection } from '../../../code/backup-selection.ts';
import { isTree } from '../../json/tree.ts';
import {
  type Copy,
  type Describe,
  mention,
  mentions,
  type Statement,
  said,
  target,
  tie,
} from '../description.ts';
import { blocksAt, textAt, type Values, valueAt } from '../values.ts';
import { replicaIn } from './database.ts';
import { firehose } from './service.ts';

/** Where a delivery stream puts what comes in: its own bucket, and the one beside another destination. */
const BUCKETS = [
  'extended_s3_configuration',
  's3_configuration',
  'redshift_configuration.0.s3_configuration',
  'redshift_configuration.0.s3_backup_configuration',
  'extended_s3_configuration.0.s3_backup_configuration',
  'opensearch_configuration.0.s3_configuration',
  'opensearchserverless_configuration.0.s3_configuration',
  'elasticsearch_configuration.0.s3_configuration',
  'splunk_configuration.0.s3_configuration',
  'http_endpoint_configuration.0.s3_configuration',
  'iceberg_configuration.0.s3_configuration',
  'snowflake_configuration.0.s3_configuration',
];

export const deliveryStream: Describe = (values) => {
  const own = firehose(values);
  const ties = BUCKETS.flatMap((path) =>
    (blocksAt(values, path) ?? []).flatMap((block) => tie('replica', target(block, 'bucket_arn'))),
  );
  return { ...own, statements: [...own.statements, { ties }] };
};

/** The first kind of global tables: a table of one name in each of its regions. */
export const globalTable: Describe = (values) => {
  const about = mention(values, 'name');
  const regions = blocksAt(values, 'replica')?.map((replica) => textAt(replica, 'region_name') ?? null);
  return {
    statements: said(about && { ...about, attribute: 'table_name' }, {
      copies: (regions ?? [null]).map((region) => ({ ...replicaIn(region, 'database'), isElsewhere: true })),
    }),
  };
};

/** One address for buckets of several regions: whoever asks there is answered by any of them. */
export const multiRegionAccessPoint: Describe = (values) => ({
  statements: (blocksAt(values, 'details') ?? []).flatMap((details) =>
    (blocksAt(details, 'region') ?? []).flatMap((region) =>
      said(mention(region, 'bucket'), { ties: [{ kind: 'access_point', to: 'self' }] }),
    ),
  ),
});

export const logSubscription: Describe = (values) => ({
  statements: said(mention(values, 'log_group_name'), {
    ties: tie('log', target(values, 'destination_arn')),
  }),
});

export const peering: Describe = (values) => ({
  statements: said(mention(values, 'identifier'), {
    ties: mentions(values, 'clusters').flatMap((to) => tie('replica', to)),
  }),
});

export const bucketNotification: Describe = (values) => {
  const ends = [
    ['queue', 'queue_arn'],
    ['topic', 'topic_arn'],
    ['lambda_function', 'lambda_function_arn'],
  ] as const;
  const ties = ends.flatMap(([block, attribute]) =>
    (blocksAt(values, block) ?? []).flatMap((one) => tie('notification', target(one, attribute))),
  );
  return { statements: said(mention(values, 'bucket'), { ties }) };
};

/** Messages to queues and functions; addresses of people are nobody's to note here. */
export const subscription: Describe = (values) => ({
  statements: /^(sqs|lambda|firehose)$/.test(textAt(values, 'protocol') ?? '')
    ? said(mention(values, 'topic_arn'), { ties: tie('notification', target(values, 'endpoint')) })
    : [],
});

/** Snapshots that a policy takes of what carries one of its tags, and copies to other regions. */
export const lifecyclePolicy: Describe = (values) => ({
  statements: (blocksAt(values, 'policy_details') ?? []).flatMap((details): readonly Statement[] => {
    const rules = (blocksAt(details, 'schedule') ?? []).flatMap(
      (schedule) => blocksAt(schedule, 'cross_region_copy_rule') ?? [],
    );
    const regions = [...new Set(rules.map(regionOfRule))];
    const copies = regions.map((region): Copy => replicaIn(region, 'snapshot', 'snapshot'));
    return copies.length === 0 ? [] : tagged(details).map((selected) => ({ selected, copies }));
  }),
});

function regionOfRule(rule: Values): string | null {
  const region = textAt(rule, 'target') ?? textAt(rule, 'target_region');
  return region?.startsWith('arn:') ? null : (region ?? null);
}

function tagged(details: Values): readonly Selection[] {
  const tags = valueAt(details, 'target_tags');
  return Object.entries(isTree(tags) ? tags : {}).flatMap(([key, value]): readonly Selection[] =>
    typeof value === 'string'
      ? [
          {
            resources: ['arn:*:ec2:*:*:volume/*', 'arn:*:ec2:*:*:instance/*'],
            except: [],
            tags: [],
            conditions: [{ key, value, operator: 'equals' }],
          },
        ]
      : [],
  );
}
