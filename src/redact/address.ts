/** `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`. */
export const arn = /\barn:[\w-]+:[\w-]*:[\w-]*:\d*:[^\s,;"'«»()[\]{}]+/g;
export const azure = /\/subscriptions\/[^\s,;"'«»()]+/gi;
export const bucket = /\bs3:\/\/[^\s,;"'«»()]+/g;

/** The names inside an address, and the name after the key in `DATASET@KEY/NAME`. */
export function resourceNames(text: string): readonly string[] {
  const addresses = [...text.matchAll(arn), ...text.matchAll(azure), ...text.matchAll(bucket)].map(
    ([found]) => found,
  );
  if (addresses.length > 0) return addresses.flatMap(partsOf);
  const at = text.slice(text.indexOf('@') + 1);
  const slash = at.indexOf('/');
  return slash > 0 && !/\/(access-log|listing|event)\b/.test(at)
    ? [at.slice(slash + 1)].filter((name) => /^[\w.-]+$/.test(name))
    : [];
}

/** The last parts name the thing; what is before says of which kind it is. */
function partsOf(address: string): readonly string[] {
  const resource = address.startsWith('arn:')
    ? address.split(':').slice(5).join(':')
    : address.replace(/^s3:\/\//, '');
  const parts = resource.split(/[/:]/).filter((part) => part !== '');
  const names = parts.length > 1 && address.startsWith('arn:') ? parts.slice(1) : parts;
  return [...(names.length > 0 ? names : parts)].filter((part) => part.length > 2 && !/^\d+$/.test(part));
}

export function foldersOf(refs: readonly string[]): ReadonlySet<string> {
  const folders = refs.flatMap((ref) =>
    /^[a-z0-9+.-]+:\/\//i.test(ref) || ref.startsWith('arn:') ? [] : (/^.*[/\\](?=[^/\\]+$)/.exec(ref) ?? []),
  );
  return new Set(folders);
}
