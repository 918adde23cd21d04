import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { S3Client } from '@aws-sdk/client-s3';
import type { Options } from '../../collector.ts';
import { textOption } from '../../option.ts';
import { clientDefaults } from '../client.ts';
import { type Address, isMetadata } from './address.ts';
import { checkAnswers } from './answer.ts';

/** Signs requests to endpoints that check no region; it is never taken for a place. */
const NO_REGION = 'auto';

/** Milliseconds to connect in, and without a byte. */
const CONNECTION = 10_000;
const SILENCE = 30_000;

/** A client of an endpoint. It goes nowhere else: the SDK follows no redirect, and names of buckets are checked. */
export function connect({ url }: Address, options: Options): S3Client {
  const agent = { keepAlive: true, maxSockets: 50, lookup: lookUp };
  const client = new S3Client({
    ...clientDefaults(options),
    region: textOption(options, 'region') ?? NO_REGION,
    endpoint: url,
    forcePathStyle: true,
    followRegionRedirects: false,
    // A bucket that is named like AWS's directory buckets is an ordinary one here.
    disableS3ExpressSessionAuth: true,
    requestHandler: {
      connectionTimeout: CONNECTION,
      socketTimeout: SILENCE,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
  checkAnswers(client);
  return client;
}

type Done = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/** A name may stand for a machine's own metadata service: what it stands for is looked at before anything is sent. */
function lookUp(hostname: string, options: LookupOptions, done: Done): void {
  lookup(hostname, options, (error, found, family) => {
    const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found];
    const refused = error === null && addresses.some((address) => isMetadata(address));
    done(refused ? Object.assign(new Error('refused'), { code: 'EREFUSED' }) : error, found, family);
  });
}
