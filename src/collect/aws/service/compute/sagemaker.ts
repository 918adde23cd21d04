import {
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeFeatureGroupCommand,
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
import type { Said } from '../item.ts';
import { askItem, askItemPages, listItems, observeItem } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from '../storage/place-bucket.ts';

const listNotebooks = listing('sagemaker:ListNotebookInstances');
const listDomains = listing('sagemaker:ListDomains');
const listFeatureGroups = listing('sagemaker:ListFeatureGroups');
const listEndpoints = listing('sagemaker:ListEndpoints');
const describeEndpoint = action('sagemaker:DescribeEndpoint', { facts: ['relations.replica'] });
const describeEndpointConfig = action('sagemaker:DescribeEndpointConfig', { facts: ['relations.replica'] });
const describeFeatureGroup = action('sagemaker:DescribeFeatureGroup', { facts: ['relations.replica'] });
const listTags = action('sagemaker:ListTags', { facts: ['tags'] });

/** Notebooks, domains, feature stores and endpoints, with the buckets that the last two copy to. */
export const sagemakerService: AwsService = placingBuckets({
  name: 'sagemaker',
  scope: 'region',
  calls: [
    listNotebooks,
    listDomains,
    listFeatureGroups,
    describeFeatureGroup,
    listEndpoints,
    describeEndpoint,
    describeEndpointConfig,
    listTags,
  ],
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
      ...(await askItemPages(
        session,
        context,
        id,
        listTags,
        (NextToken, abortSignal) =>
          client.send(new ListTagsCommand({ ResourceArn: id, NextToken }), { abortSignal }),
        ({ NextToken }) => NextToken,
        (pages) => ({ facts: { tags: tagsFact(pages.flatMap(({ Tags = [] }) => Tags)) } }),
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
    each: async ({ FeatureGroupArn, FeatureGroupName }, answer) => [
      ...(await tagged(FeatureGroupArn, FeatureGroupName, 'database', answer)),
      ...(await askItem(
        session,
        context,
        FeatureGroupArn ?? '',
        describeFeatureGroup,
        (abortSignal) => client.send(new DescribeFeatureGroupCommand({ FeatureGroupName }), { abortSignal }),
        (response) => copiedTo(session, [response?.OfflineStoreConfig?.S3StorageConfig?.S3Uri]),
      )),
    ],
  });
  yield* listItems(session, context, {
    call: listEndpoints,
    send: (NextToken, abortSignal) => client.send(new ListEndpointsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Endpoints }) => Endpoints,
    each: async ({ EndpointArn, EndpointName }, answer) => {
      let config: string | undefined;
      const described = await askItem(
        session,
        context,
        EndpointArn ?? '',
        describeEndpoint,
        (abortSignal) => client.send(new DescribeEndpointCommand({ EndpointName }), { abortSignal }),
        (response) => {
          config = response?.EndpointConfigName;
          // What is captured is what came in and went out.
          const { EnableCapture, DestinationS3Uri } = response?.DataCaptureConfig ?? {};
          return copiedTo(session, EnableCapture ? [DestinationS3Uri] : []);
        },
      );
      return [
        ...(await tagged(EndpointArn, EndpointName, 'ai_service', answer)),
        ...described,
        ...(config === undefined
          ? []
          : await askItem(
              session,
              context,
              EndpointArn ?? '',
              describeEndpointConfig,
              (abortSignal) =>
                client.send(new DescribeEndpointConfigCommand({ EndpointConfigName: config }), {
                  abortSignal,
                }),
              (response) => {
                const { S3OutputPath, S3FailurePath } = response?.AsyncInferenceConfig?.OutputConfig ?? {};
                return copiedTo(session, [S3OutputPath, S3FailurePath]);
              },
            )),
      ];
    },
  });
}

function copiedTo({ partition }: ServiceSession, uris: readonly (string | undefined)[]): Said {
  const names = uris.flatMap((uri) => /^s3:\/\/([^/]+)/.exec(uri ?? '')?.[1] ?? []);
  const ids = [...new Set(names)].map((name) => `arn:${partition}:s3:::${name}`);
  return {
    relations: ids.map((to) => ({ kind: 'replica', to })),
    ends: ids.map((id) => ({ id, kind: 'object_store' })),
  };
}
