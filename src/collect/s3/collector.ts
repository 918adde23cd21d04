import { type Call, createAsk, observe } from '../call.ts';
import { canonicalJson, sha256 } from '../canonical.ts';
import type { Collector } from '../collector.ts';
import { countOption, textOption } from '../option.ts';
import { getLocation, headBucket, listBuckets } from './calls.ts';
import { collectBuckets } from './collect-buckets.ts';
import { addressOf } from './endpoint/address.ts';
import { connect } from './endpoint/connect.ts';
import { ownerOf } from './endpoint/owner.ts';
import { withPatience } from './endpoint/patience.ts';
import { readers } from './readers.ts';
import { sendOnly } from './send-only.ts';

/** Seconds that a call may take with all its attempts. */
const PATIENCE = 120;

/** What an endpoint may be asked. */
export const endpointCalls: readonly (Call & { readonly facts?: readonly string[] })[] = [
  listBuckets,
  getLocation,
  headBucket,
  ...readers.flatMap(({ facts, calls }) => calls.map((call) => ({ ...call, facts }))),
];

/**
 * S3-compatible clouds: the AWS reader with an endpoint. Options: endpoint, provider, region, profile, timeout; of a
 * server of one's own operator and country.
 */
export const s3Collector: Collector = {
  kind: 's3',
  plan: async (options, context) => {
    const { host, isPlain } = addressOf(options);
    ownerOf(options, context);
    const job = {
      source: 's3',
      account: host,
      region: textOption(options, 'region'),
      service: 's3',
      facts: [...context.wanted].toSorted(),
      options,
    };
    const about = { plain_http: isPlain };
    const opened = {
      call: { operation: 'bercail:OpenEndpoint', permission: '' },
      at: context.clock(),
      state: 'ok' as const,
      response: about,
      sha256: sha256(canonicalJson(about)),
    };
    return {
      jobs: [job],
      observations: isPlain ? [observe({ source: 's3', scope: host, subject: host }, opened, { about })] : [],
    };
  },
  run: ({ options, facts }, context) => {
    const address = addressOf(options);
    const { host } = address;
    const owner = ownerOf(options, context);
    const client = sendOnly(connect(address, options), endpointCalls);
    return collectBuckets(
      {
        ...owner,
        source: 's3',
        dialect: 'compatible',
        partition: null,
        account: null,
        isPlain: address.isPlain,
        pageSize: null,
        accountBlock: null,
        clientOf: () => client,
        scopeOf: () => host,
        idOf: (bucket) => `s3://${host}/${bucket}`,
      },
      withPatience(createAsk(context), countOption(options, 'timeout') ?? PATIENCE),
      { ...context, wanted: new Set(facts) },
    );
  },
};
