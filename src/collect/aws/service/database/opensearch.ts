import type { DomainStatus } from '@aws-sdk/client-opensearch';
import {
  DescribeDomainCommand,
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

/** Search domains, who may reach them, and the domains that they are linked to. */
export const opensearchService: AwsService = {
  name: 'opensearch',
  scope: 'region',
  calls: [listDomains, describeDomain, listTags, describeConnections],
  read: readDomains,
};

async function* readDomains(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(OpenSearchClient);
  const idOf = (name: string): string => session.arn('es', session.region, `domain/${name}`);
  yield* listItems(session, context, {
    call: listDomains,
    send: (_, abortSignal) => client.send(new ListDomainNamesCommand({}), { abortSignal }),
    items: ({ DomainNames }) => DomainNames,
    each: async ({ DomainName = '' }, answer) => {
      const id = idOf(DomainName);
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
