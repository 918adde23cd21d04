import type { EventSourceMappingConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda';
import {
  GetPolicyCommand,
  LambdaClient,
  ListAliasesCommand,
  ListEventSourceMappingsCommand,
  ListFunctionEventInvokeConfigsCommand,
  ListFunctionsCommand,
  ListTagsCommand,
} from '@aws-sdk/client-lambda';
import type { AssetKind, Observation } from '../../../../inventory/observation.ts';
import { action } from '../action.ts';
import { bucketOfArn, parseArn } from '../arn.ts';
import { encryptionFacts, tagsFact } from '../fact.ts';
import type { End, Shown } from '../item.ts';
import { askItem, askItemPages, listItems, observeEnd, observeItem, observeShown } from '../item.ts';
import { policyFacts, readPolicyText } from '../policy.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from '../storage/place-bucket.ts';

const listFunctions = action('lambda:ListFunctions');
const listTags = action('lambda:ListTags', { facts: ['tags'] });
const getPolicy = action('lambda:GetPolicy', { facts: policyFacts, none: ['ResourceNotFoundException'] });
const listAliases = action('lambda:ListAliases', { facts: ['relations.access_point'] });
const listDestinations = action('lambda:ListFunctionEventInvokeConfigs', {
  facts: ['relations.notification'],
});
const listMappings = action('lambda:ListEventSourceMappings', { facts: ['relations.notification'] });

/** Functions, the queues and streams that feed them, and where they log. Their environment is never kept: it holds secrets. */
export const lambdaService: AwsService = placingBuckets({
  name: 'lambda',
  scope: 'region',
  calls: [listFunctions, listTags, getPolicy, listAliases, listDestinations, listMappings],
  read: readFunctions,
});

async function* readFunctions(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(LambdaClient);
  yield* listItems(session, context, {
    call: listFunctions,
    send: (Marker, abortSignal) => client.send(new ListFunctionsCommand({ Marker }), { abortSignal }),
    token: ({ NextMarker }) => NextMarker,
    items: ({ Functions }) => Functions,
    each: async (one, answer) => {
      const shown = showFunction(one, session);
      const { id } = shown.item;
      const doors: Observation[] = [];
      for await (const seen of readAliases(session, context, client, id)) doors.push(seen);
      return [
        ...observeShown(session, context, answer, shown),
        ...(await askItem(
          session,
          context,
          id,
          listTags,
          (abortSignal) => client.send(new ListTagsCommand({ Resource: id }), { abortSignal }),
          (response) => ({ facts: { tags: tagsFact(response?.Tags) } }),
        )),
        ...(await askItem(
          session,
          context,
          id,
          getPolicy,
          (abortSignal) => client.send(new GetPolicyCommand({ FunctionName: id }), { abortSignal }),
          (response) => readPolicyText(session, response?.Policy),
        )),
        ...(await askItemPages(
          session,
          context,
          id,
          listDestinations,
          (Marker, abortSignal) =>
            client.send(new ListFunctionEventInvokeConfigsCommand({ FunctionName: id, Marker }), {
              abortSignal,
            }),
          ({ NextMarker }) => NextMarker,
          (pages) =>
            handsOn(
              pages
                .flatMap(({ FunctionEventInvokeConfigs = [] }) => FunctionEventInvokeConfigs)
                .flatMap(({ DestinationConfig: to }) => [
                  to?.OnSuccess?.Destination,
                  to?.OnFailure?.Destination,
                ]),
              session,
            ),
        )),
        ...doors,
      ];
    },
  });
  if (!context.needs(listMappings)) return;
  yield* listItems(session, context, {
    call: listMappings,
    send: (Marker, abortSignal) =>
      client.send(new ListEventSourceMappingsCommand({ Marker }), { abortSignal }),
    token: ({ NextMarker }) => NextMarker,
    items: ({ EventSourceMappings }) => EventSourceMappings,
    each: (mapping, answer) => showMapping(mapping).map((end) => observeEnd(session, answer, end)),
  });
}

/** Doors to a version of the function, each with a policy of its own. */
async function* readAliases(
  session: ServiceSession,
  context: ServiceContext,
  client: LambdaClient,
  FunctionName: string,
): AsyncGenerator<Observation> {
  if (!context.needs(listAliases)) return;
  yield* listItems(session, context, {
    call: listAliases,
    send: (Marker, abortSignal) =>
      client.send(new ListAliasesCommand({ FunctionName, Marker }), { abortSignal }),
    token: ({ NextMarker }) => NextMarker,
    items: ({ Aliases }) => Aliases,
    each: async ({ Name: Qualifier = '', AliasArn }, answer) => {
      const id = AliasArn ?? `${FunctionName}:${Qualifier}`;
      const name = id.split(':').slice(-2).join(':');
      return [
        observeItem(session, context, answer, { id, kind: 'endpoint', name }),
        observeEnd(session, answer, {
          id: FunctionName,
          kind: 'function',
          relations: [{ kind: 'access_point', to: id }],
        }),
        ...(await askItem(
          session,
          context,
          id,
          getPolicy,
          (abortSignal) => client.send(new GetPolicyCommand({ FunctionName, Qualifier }), { abortSignal }),
          (response) => readPolicyText(session, response?.Policy),
        )),
      ];
    },
  });
}

export function showFunction(one: FunctionConfiguration, session: ServiceSession): Shown {
  const name = one.FunctionName ?? '';
  const id = one.FunctionArn ?? session.arn('lambda', session.region, `function:${name}`);
  const { facts, relations } = encryptionFacts(session, { key: one.KMSKeyArn, keyless: 'provider' });
  const group = session.arn(
    'logs',
    session.region,
    `log-group:${one.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`}`,
  );
  // What could not be dealt with is put aside.
  const aside = handsOn([one.DeadLetterConfig?.TargetArn], session);
  return {
    item: {
      id,
      kind: 'function',
      name,
      facts,
      relations: [...relations, { kind: 'log', to: group }, ...aside.relations],
    },
    // The group comes into being with the first line that is logged.
    ends: [{ id: group, kind: 'log_store' }, ...aside.ends],
  };
}

const receivers: { readonly [service: string]: AssetKind } = {
  sqs: 'queue',
  sns: 'queue',
  lambda: 'function',
  s3: 'object_store',
};

/** Where what came in, or what came of it, is handed on to: a queue, a topic, a function, a bus or a bucket. */
function handsOn(targets: readonly (string | undefined)[], session: ServiceSession) {
  const ids = [...new Set(targets.flatMap((arn) => arn || []))].map((arn) => {
    const bucket = bucketOfArn(arn);
    return bucket === null ? arn : `arn:${session.partition}:s3:::${bucket}`;
  });
  return {
    relations: ids.map((to) => ({ kind: 'notification' as const, to })),
    ends: ids.map((id): End => ({ id, kind: receivers[parseArn(id)?.service ?? ''] ?? 'other' })),
  };
}

const kinds: { readonly [service: string]: AssetKind } = {
  sqs: 'queue',
  kinesis: 'stream',
  dynamodb: 'database',
  kafka: 'stream',
  mq: 'queue',
  docdb: 'database',
  rds: 'database',
};

/** What is in a queue, a stream or the stream of a table is handed to the function. */
export function showMapping({
  EventSourceArn: source,
  FunctionArn: to,
  State,
}: EventSourceMappingConfiguration): readonly End[] {
  if (!source || !to || State === 'Disabled' || State === 'Deleting') return [];
  const { service = '' } = parseArn(source) ?? {};
  // `TABLE/stream/TIME` is the stream of a table.
  const id = service === 'dynamodb' ? (source.split('/stream/')[0] ?? source) : source;
  return [
    {
      id,
      kind: kinds[service] ?? 'other',
      relations: [{ kind: 'notification', to: to.replace(/(:function:[^:]+):.*$/s, '$1') }],
    },
  ];
}
