import { constants, gunzipSync } from 'node:zlib';
import { FORMAT, isGzip } from './format.ts';

const START = `{"bercail":"${FORMAT}"`;

/** Whether a file that begins with these bytes (a few hundred suffice) is a snapshot, gzipped or plain. */
export function isSnapshot(head: Uint8Array): boolean {
  return startOf(head).replaceAll(/\s/g, '').startsWith(START);
}

function startOf(head: Uint8Array): string {
  if (!isGzip(head)) return Buffer.from(head).subarray(0, 256).toString('utf8');
  try {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 1 << 24 };
    return gunzipSync(head.subarray(0, 4096), options).subarray(0, 256).toString('utf8');
  } catch {
    return '';
  }
}
