import type { AliasListEntry, KeyMetadata } from '@aws-sdk/client-kms';
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import type { Observation } from '../../../../inventory/observation.ts';
import { observe } from '../../../call.ts';
import { action } from '../action.ts';
import { parseArn } from '../arn.ts';
import { absent, known, listFact, tagsFact } from '../fact.ts';
import type { Said } from '../item.ts';
import { askItem, askItemPages, isElsewhere, listItems, observeItem } from '../item.ts';
import { askPages } from '../pages.ts';
import { policyFacts, readPolicyText } from '../policy.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';

const listKeys = action('kms:ListKeys');
const listAliases = action('kms:ListAliases', {
  facts: ['encryption.key_manager', 'encryption.key_place', 'key_facts'],
});
const describeKey = action('kms:DescribeKey', {
  facts: [
    'key_facts.manager',
    'key_facts.origin',
    'key_facts.replicas',
    'encryption.key_manager',
    'encryption.key_place',
  ],
});
const listTags = action('kms:ListResourceTags', { facts: ['tags'] });
const getPolicy = action('kms:GetKeyPolicy', { facts: policyFacts });

/**
 * Keys: who manages them and may use them, where their material comes from, where their replicas are. Stores refer to
 * them by ARN.
 */
export const kmsService: AwsService = {
  name: 'kms',
  scope: 'region',
  calls: [listKeys, listAliases, describeKey, getPolicy, listTags],
  read: readKeys,
};

async function* readKeys(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(KMSClient);
  const aliases = new Map<string, string[]>();
  if (context.needs(listAliases)) {
    for await (const { answer, number } of askPages(
      context.ask,
      listAliases,
      (Marker, abortSignal) => client.send(new ListAliasesCommand({ Marker }), { abortSignal }),
      ({ NextMarker }) => NextMarker,
    )) {
      yield observe(session.scene(session.scope), answer, { about: { page: number } });
      if (answer.state === 'ok') for (const alias of answer.response.Aliases ?? []) addAlias(aliases, alias);
    }
  }
  yield* listItems(session, context, {
    call: listKeys,
    send: (Marker, abortSignal) => client.send(new ListKeysCommand({ Marker }), { abortSignal }),
    token: ({ NextMarker }) => NextMarker,
    items: ({ Keys }) => Keys,
    each: async ({ KeyId = '', KeyArn }, answer) => {
      const id = KeyArn ?? session.arn('kms', session.region, `key/${KeyId}`);
      const names = aliases.get(KeyId) ?? [];
      const name = names[0] === undefined ? KeyId : (names[0].split(':alias/')[1] ?? KeyId);
      const facts = names.length === 0 ? {} : { aliases: listFact(names) };
      return [
        observeItem(session, context, answer, { id, kind: 'key', name, facts }),
        ...(await askItem(
          session,
          context,
          id,
          describeKey,
          (abortSignal) => client.send(new DescribeKeyCommand({ KeyId: id }), { abortSignal }),
          (response) => readKey(response?.KeyMetadata, session),
        )),
        ...(await askItem(
          session,
          context,
          id,
          getPolicy,
          (abortSignal) =>
            client.send(new GetKeyPolicyCommand({ KeyId: id, PolicyName: 'default' }), { abortSignal }),
          (response) => readPolicyText(session, response?.Policy),
        )),
        ...(await askItemPages(
          session,
          context,
          id,
          listTags,
          (Marker, abortSignal) =>
            client.send(new ListResourceTagsCommand({ KeyId: id, Marker }), { abortSignal }),
          ({ Truncated, NextMarker }) => (Truncated ? NextMarker : undefined),
          (pages) => ({ facts: { tags: tagsFact(pages.flatMap(({ Tags = [] }) => Tags)) } }),
        )),
      ];
    },
  });
}

function addAlias(aliases: Map<string, string[]>, { AliasArn, TargetKeyId }: AliasListEntry): void {
  if (AliasArn === undefined || TargetKeyId === undefined) return;
  aliases.set(TargetKeyId, [...(aliases.get(TargetKeyId) ?? []), AliasArn].toSorted());
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html */
export function readKey(key: KeyMetadata | undefined, session: ServiceSession): Said {
  if (key?.KeyManager === undefined) return { unreadable: 'not_collected', code: 'EmptyAnswer' };
  const { KeyManager, Origin, MultiRegionConfiguration: config, Arn } = key;
  const members = [config?.PrimaryKey, ...(config?.ReplicaKeys ?? [])].flatMap((one) =>
    one?.Arn === undefined ? [] : [one.Arn],
  );
  const others = members.filter((arn) => arn !== Arn).toSorted();
  const places = others.map((arn) => {
    const { partition = session.partition, region = null } = parseArn(arn) ?? {};
    return region === null ? 'unknown' : { provider: partition, region };
  });
  const isPrimary = config?.MultiRegionKeyType === 'PRIMARY';
  return {
    facts: {
      'key_facts.manager': known(managerOf(KeyManager, Origin)),
      'key_facts.origin': Origin === undefined ? absent : known(Origin.toLowerCase()),
      'key_facts.replicas': places.length === 0 ? absent : known(places),
    },
    relations: isPrimary ? others.map((to) => ({ kind: 'replica', to })) : [],
    ends: others.filter((id) => isElsewhere(session, id)).map((id) => ({ id, kind: 'key' })),
  };
}

/** Material that was imported is held by the service all the same; only an external key store keeps it outside. */
function managerOf(manager: string, origin: string | undefined): 'provider' | 'customer' | 'external' {
  if (manager === 'AWS') return 'provider';
  return origin === 'EXTERNAL_KEY_STORE' ? 'external' : 'customer';
}
