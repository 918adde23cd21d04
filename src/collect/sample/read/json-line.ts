import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { Survey } from './survey.ts';

/** The first line that is no JSON object, for its place to be told; null where every line is one. */
export async function findBrokenLine({ path, gzip }: Survey): Promise<number | null> {
  const file = createReadStream(path);
  let line = 0;
  for await (const text of createInterface({
    input: gzip ? file.pipe(createGunzip()) : file,
    crlfDelay: Infinity,
  })) {
    line++;
    if (text.trim() !== '' && !isObject(text)) {
      file.destroy();
      return line;
    }
  }
  return null;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
