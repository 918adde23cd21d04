import {
  DescribeEndpointCommand,
  ListDomainsCommand,
  ListEndpointsCommand,
  ListFeatureGroupsCommand,
  ListNotebookInstancesCommand,
  ListTagsCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import type { AssetKind, Observation } from '../../../../inventory/observation.ts';
import type { Answer } from '../../../call.ts';
import { action, listing } from '../action.ts';
import { tagsFact } from '../fact.ts';
import { askItem, listItems, observeItem } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from '../storage/place-bucket.ts';

const listNotebooks = listing('sagemaker:ListNotebookInstances');
const listDomains = listing('sagemaker:ListDomains');
const listFeatureGroups = listing('sagemaker:ListFeatureGroups');
const listEndpoints = listing('sagemaker:ListEndpoints');
const describeEndpoint = action('sagemaker:DescribeEndpoint', { facts: ['relations.replica'] });
const listTags = action('sagemaker:ListTags', { facts: ['tags'] });

/** Notebooks, domains, feature stores and endpoints; an endpoint may copy every request to a bucket. */
export const sagemakerService: AwsService = placingBuckets({
  name: 'sagemaker',
  scope: 'region',
  calls: [listNotebooks, listDomains, listFeatureGroups, listEndpoints, describeEndpoint, listTags],
  read: readModels,
});

async function* readModels(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(SageMakerClient);
  const tagged = async (
    id: string | undefined,
    name: string | undefined,
    kind: AssetKind,
    answer: Answer<unknown>,
  ): Promise<readonly Observation[]> => {
    if (id === undefined) return [];
    return [
      observeItem(session, context, answer, { id, kind, name: name ?? id }),
      ...(await askItem(
        session,
        context,
        id,
        listTags,
        (abortSignal) => client.send(new ListTagsCommand({ ResourceArn: id }), { abortSignal }),
        (response) => ({ facts: { tags: tagsFact(response?.Tags) } }),
      )),
    ];
  };
  yield* listItems(session, context, {
    call: listNotebooks,
    send: (NextToken, abortSignal) =>
      client.send(new ListNotebookInstancesCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ NotebookInstances }) => NotebookInstances,
    each: ({ NotebookInstanceArn, NotebookInstanceName }, answer) =>
      tagged(NotebookInstanceArn, NotebookInstanceName, 'ai_service', answer),
  });
  yield* listItems(session, context, {
    call: listDomains,
    send: (NextToken, abortSignal) => client.send(new ListDomainsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Domains }) => Domains,
    each: ({ DomainArn, DomainName }, answer) => tagged(DomainArn, DomainName, 'ai_service', answer),
  });
  yield* listItems(session, context, {
    call: listFeatureGroups,
    send: (NextToken, abortSignal) =>
      client.send(new ListFeatureGroupsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ FeatureGroupSummaries }) => FeatureGroupSummaries,
    each: ({ FeatureGroupArn, FeatureGroupName }, answer) =>
      tagged(FeatureGroupArn, FeatureGroupName, 'database', answer),
  });
  yield* listItems(session, context, {
    call: listEndpoints,
    send: (NextToken, abortSignal) => client.send(new ListEndpointsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Endpoints }) => Endpoints,
    each: async ({ EndpointArn, EndpointName }, answer) => [
      ...(await tagged(EndpointArn, EndpointName, 'ai_service', answer)),
      ...(await askItem(
        session,
        context,
        EndpointArn ?? '',
        describeEndpoint,
        (abortSignal) => client.send(new DescribeEndpointCommand({ EndpointName }), { abortSignal }),
        (response) => {
          const { EnableCapture, DestinationS3Uri: uri = '' } = response?.DataCaptureConfig ?? {};
          const bucket = /^s3:\/\/([^/]+)/.exec(uri)?.[1];
          if (!EnableCapture || bucket === undefined) return {};
          // What is captured is what came in and went out.
          const to = `arn:${session.partition}:s3:::${bucket}`;
          return { relations: [{ kind: 'replica', to }], ends: [{ id: to, kind: 'object_store' }] };
        },
      )),
    ],
  });
}
