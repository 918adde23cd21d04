import type { DomainStatus, InboundConnection } from '@aws-sdk/client-opensearch';
import {
  DescribeDomainCommand,
  DescribeInboundConnectionsCommand,
  DescribeOutboundConnectionsCommand,
  ListDomainNamesCommand,
  ListTagsCommand,
  OpenSearchClient,
} from '@aws-sdk/client-opensearch';
import type { Fact } from '../../../../inventory/fact.ts';
import type { Observation } from '../../../../inventory/observation.ts';
import { action, listing } from '../action.ts';
import { encryptionFacts, known, maybe, tagsFact } from '../fact.ts';
import type { End, Said } from '../item.ts';
import { askItem, listItems, observeEnd, observeItem } from '../item.ts';
import { policyFacts, readPolicyText } from '../policy.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';

const listDomains = listing('es:ListDomainNames');
const describeDomain = action('es:DescribeDomain', {
  facts: [
    'encryption.at_rest',
    'encryption.in_transit',
    'encryption.key_manager',
    'encryption.key_account',
    'access_log',
    'relations.log',
    'relations.key',
    ...policyFacts,
  ],
});
const listTags = action('es:ListTags', { facts: ['tags'] });
const describeConnections = listing('es:DescribeOutboundConnections', { facts: ['relations.replica'] });
const describeInbound = listing('es:DescribeInboundConnections', { facts: ['relations.replica'] });

/** Search domains, who may reach them, and the domains that they are linked to. */
export const opensearchService: AwsService = {
  name: 'opensearch',
  scope: 'region',
  calls: [listDomains, describeDomain, listTags, describeConnections, describeInbound],
  read: readDomains,
};

async function* readDomains(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(OpenSearchClient);
  const idOf = (name: string): string => session.arn('es', session.region, `domain/${name}`);
  const own = new Set<string>();
  yield* listItems(session, context, {
    call: listDomains,
    send: (_, abortSignal) => client.send(new ListDomainNamesCommand({}), { abortSignal }),
    items: ({ DomainNames }) => DomainNames,
    each: async ({ DomainName = '' }, answer) => {
      const id = idOf(DomainName);
      own.add(id);
      return [
        observeItem(session, context, answer, { id, kind: 'search_index', name: DomainName }),
        ...(await askItem(
          session,
          context,
          id,
          describeDomain,
          (abortSignal) => client.send(new DescribeDomainCommand({ DomainName }), { abortSignal }),
          (response) => readDomain(response?.DomainStatus, session),
        )),
        ...(await askItem(
          session,
          context,
          id,
          listTags,
          (abortSignal) => client.send(new ListTagsCommand({ ARN: id }), { abortSignal }),
          (response) => ({ facts: { tags: tagsFact(response?.TagList) } }),
        )),
      ];
    },
  });
  if (!context.needs(describeConnections)) return;
  yield* listItems(session, context, {
    call: describeConnections,
    send: (NextToken, abortSignal) =>
      client.send(new DescribeOutboundConnectionsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Connections }) => Connections,
    each: ({ LocalDomainInfo, RemoteDomainInfo }, answer) => {
      const { DomainName: local } = LocalDomainInfo?.AWSDomainInformation ?? {};
      const {
        DomainName: remote,
        Region = session.region,
        OwnerId = session.account,
      } = RemoteDomainInfo?.AWSDomainInformation ?? {};
      if (!local || !remote) return [];
      // Indexes follow from the remote domain to the local one, and searches go the other way.
      const from = `arn:${session.partition}:es:${Region}:${OwnerId}:domain/${remote}`;
      const ends: End[] = [
        { id: from, kind: 'search_index', relations: [{ kind: 'replica', to: idOf(local) }] },
      ];
      return ends.map((end) => observeEnd(session, answer, end));
    },
  });
  yield* listItems(session, context, {
    call: describeInbound,
    send: (NextToken, abortSignal) =>
      client.send(new DescribeInboundConnectionsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Connections }) =>
      Connections?.filter(({ ConnectionStatus: status }) =>
        ['APPROVED', 'ACTIVE', 'PROVISIONING'].includes(status?.StatusCode ?? 'ACTIVE'),
      ),
    each: (connection, answer) =>
      showInbound(connection, own, session).map((end) => observeEnd(session, answer, end)),
  });
}

/**
 * Who asked for the connection may follow our indexes: they go there. Which of the two ends is ours, the listing of the
 * domains says; where both are, the other listing tells the direction.
 */
export function showInbound(
  { LocalDomainInfo, RemoteDomainInfo }: InboundConnection,
  own: ReadonlySet<string>,
  session: ServiceSession,
): readonly End[] {
  const ids = [LocalDomainInfo, RemoteDomainInfo].flatMap((domain) => {
    const {
      DomainName,
      Region = session.region,
      OwnerId = session.account,
    } = domain?.AWSDomainInformation ?? {};
    return DomainName ? [`arn:${session.partition}:es:${Region}:${OwnerId}:domain/${DomainName}`] : [];
  });
  const [ours, ...alsoOurs] = ids.filter((id) => own.has(id));
  const theirs = ids.find((id) => !own.has(id));
  if (ours === undefined || theirs === undefined || alsoOurs.length > 0) return [];
  return [
    { id: ours, kind: 'search_index', relations: [{ kind: 'replica', to: theirs }] },
    { id: theirs, kind: 'search_index' },
  ];
}

/** https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainStatus.html */
export function readDomain(domain: DomainStatus | undefined, session: ServiceSession): Said {
  if (domain === undefined) return { unreadable: 'not_collected', code: 'EmptyAnswer' };
  const {
    EncryptionAtRestOptions: rest,
    DomainEndpointOptions: endpoint,
    LogPublishingOptions: logs = {},
  } = domain;
  const { facts, relations } = encryptionFacts(session, {
    encrypted: rest?.Enabled ?? false,
    key: rest?.KmsKeyId,
    keyless: 'provider',
  });
  const policy = readPolicyText(session, domain.AccessPolicies);
  const access = 'facts' in policy ? (policy.facts ?? {}) : {};
  const published = Object.values(logs).flatMap(({ CloudWatchLogsLogGroupArn: arn, Enabled }) =>
    Enabled && arn ? [arn.replace(/:\*$/, '')] : [],
  );
  const audited = logs.AUDIT_LOGS?.Enabled === true;
  return {
    facts: {
      ...facts,
      'encryption.in_transit': maybe(endpoint?.EnforceHTTPS),
      ...access,
      public: reachable(domain, access['public']),
      access_log: known(audited),
    },
    relations: [...relations, ...published.map((to) => ({ kind: 'log' as const, to }))],
    ends: published.map((id) => ({ id, kind: 'log_store' })),
  };
}

/** A domain inside a network is closed to the world; one outside is as open as its policy, unless it asks who one is. */
function reachable(domain: DomainStatus, byPolicy: Fact | undefined): Fact {
  if (domain.VPCOptions?.VPCId) return known(false);
  if (domain.AdvancedSecurityOptions?.Enabled && !domain.AdvancedSecurityOptions.AnonymousAuthEnabled)
    return known(false);
  return byPolicy ?? { state: 'error', note: 'the access policy cannot be read' };
}
