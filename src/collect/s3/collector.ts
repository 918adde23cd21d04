import { S3Client } from '@aws-sdk/client-s3';
import { BercailError } from '../../error.ts';
import { createAsk } from '../call.ts';
import type { CollectContext, Collector, Options } from '../collector.ts';
import { textOption } from '../option.ts';
import { clientDefaults } from './client.ts';
import { collectBuckets } from './collect-buckets.ts';

/** Signs requests to endpoints that check no region; it is never taken for a place. */
const NO_REGION = 'auto';

/** S3-compatible clouds: the AWS reader with an endpoint. Options: endpoint, provider, region, profile. */
export const s3Collector: Collector = {
  kind: 's3',
  plan: async (options, { wanted }) => {
    const host = hostOf(options);
    const job = {
      source: 's3',
      account: host,
      region: textOption(options, 'region'),
      service: 's3',
      facts: [...wanted].toSorted(),
      options,
    };
    return { jobs: [job], observations: [] };
  },
  run: ({ options, facts }, context) => {
    const host = hostOf(options);
    const region = textOption(options, 'region');
    const client = new S3Client({
      ...clientDefaults(options),
      region: region ?? NO_REGION,
      endpoint: textOption(options, 'endpoint') ?? '',
      forcePathStyle: true,
    });
    return collectBuckets(
      {
        source: 's3',
        dialect: 'compatible',
        provider: textOption(options, 'provider') ?? providerOf(host, context),
        partition: null,
        account: null,
        configuredRegion: region,
        pageSize: null,
        accountBlock: null,
        clientOf: () => client,
        scopeOf: () => host,
        idOf: (bucket) => `s3://${host}/${bucket}`,
      },
      createAsk(context),
      { ...context, wanted: new Set(facts) },
    );
  },
};

function providerOf(host: string, context: CollectContext): string | null {
  return context.providerOfHost?.(host.replace(/:\d+$/, '')) ?? null;
}

function hostOf(options: Options): string {
  const endpoint = textOption(options, 'endpoint');
  if (endpoint === null || !URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol)) {
    const message = endpoint === null ? 'an s3 source needs an endpoint' : `“${endpoint}” is not an endpoint`;
    throw new BercailError('config', { message, hint: 'a URL like https://s3.fr-par.scw.cloud' });
  }
  return new URL(endpoint).host;
}
