import type { InferenceProfileSummary } from '@aws-sdk/client-bedrock';
import {
  BedrockClient,
  GetModelInvocationLoggingConfigurationCommand,
  ListCustomModelsCommand,
  ListInferenceProfilesCommand,
} from '@aws-sdk/client-bedrock';
import type { Observation } from '../../../../inventory/observation.ts';
import { observe } from '../../../call.ts';
import { listing } from '../action.ts';
import { parseArn } from '../arn.ts';
import type { End, Item } from '../item.ts';
import { listItems, observeEnd, observeItem } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from '../storage/place-bucket.ts';

const listProfiles = listing('bedrock:ListInferenceProfiles');
const listModels = listing('bedrock:ListCustomModels');
const getLogging = listing('bedrock:GetModelInvocationLoggingConfiguration', {
  facts: ['relations.replica'],
});

/** Profiles of inference that the account made, with every region that may answer; models of its own; the log of calls. */
export const bedrockService: AwsService = placingBuckets({
  name: 'bedrock',
  scope: 'region',
  calls: [listProfiles, listModels, getLogging],
  read: readModels,
});

async function* readModels(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(BedrockClient);
  yield* listItems(session, context, {
    call: listProfiles,
    // The provider's own profiles are there for everyone and say nothing of use.
    send: (nextToken, abortSignal) =>
      client.send(new ListInferenceProfilesCommand({ nextToken, typeEquals: 'APPLICATION' }), {
        abortSignal,
      }),
    token: ({ nextToken }) => nextToken,
    items: ({ inferenceProfileSummaries }) => inferenceProfileSummaries,
    each: (profile, answer) => [observeItem(session, context, answer, showProfile(profile, session))],
  });
  yield* listItems(session, context, {
    call: listModels,
    send: (nextToken, abortSignal) =>
      client.send(new ListCustomModelsCommand({ nextToken }), { abortSignal }),
    token: ({ nextToken }) => nextToken,
    items: ({ modelSummaries }) => modelSummaries,
    each: ({ modelArn, modelName }, answer) =>
      modelArn
        ? [
            observeItem(session, context, answer, {
              id: modelArn,
              kind: 'ai_service',
              name: modelName ?? modelArn,
            }),
          ]
        : [],
  });
  if (!context.needs(getLogging)) return;
  const answer = await context.ask(getLogging, (abortSignal) =>
    client.send(new GetModelInvocationLoggingConfigurationCommand({}), { abortSignal }),
  );
  yield observe(session.scene(session.scope), answer, {});
  if (answer.state !== 'ok' || answer.response.loggingConfig === undefined) return;
  const { s3Config, cloudWatchConfig } = answer.response.loggingConfig;
  // What is too large for a line of the log goes to a bucket of its own.
  const buckets = [s3Config?.bucketName, cloudWatchConfig?.largeDataDeliveryS3Config?.bucketName];
  const ends: End[] = [
    ...[...new Set(buckets)].flatMap((name): End[] =>
      name ? [{ id: `arn:${session.partition}:s3:::${name}`, kind: 'object_store', name }] : [],
    ),
    ...(cloudWatchConfig?.logGroupName
      ? [
          {
            id: session.arn('logs', session.region, `log-group:${cloudWatchConfig.logGroupName}`),
            kind: 'log_store' as const,
          },
        ]
      : []),
  ];
  if (ends.length === 0) return;
  // The log holds what was asked and answered, word for word: it is a copy, not a record of access.
  const relations = ends.map(({ id }) => ({ kind: 'replica' as const, to: id }));
  yield observeItem(session, context, answer, {
    id: session.arn('bedrock', session.region, 'model-invocation-logging'),
    kind: 'ai_service',
    name: `bedrock ${session.region}`,
    relations,
  });
  for (const end of ends) yield observeEnd(session, answer, end);
}

/** A request may be answered in the region of any of its models; one without a region is answered anywhere. */
export function showProfile(
  {
    inferenceProfileArn,
    inferenceProfileId = '',
    inferenceProfileName,
    models = [],
  }: InferenceProfileSummary,
  session: ServiceSession,
): Item {
  const regions = models.map(({ modelArn }) => parseArn(modelArn)?.region ?? '');
  return {
    id:
      inferenceProfileArn ??
      session.arn('bedrock', session.region, `application-inference-profile/${inferenceProfileId}`),
    kind: 'ai_service',
    name: inferenceProfileName ?? inferenceProfileId,
    region: [...new Set([session.region, ...regions])],
  };
}
