import type { Fact, Json } from '../../../inventory/fact.ts';
import { absent, known, unsaid } from '../../code/fact.ts';
import type { Draft } from '../resource.ts';

/** What several resources say of one bucket. A part that no resource says is not there. */
export type Parts = ReadonlyMap<string, { readonly value: Json; readonly by: Draft }>;

interface Combined {
  readonly facts: { readonly [name: string]: Fact };
  /** The resource that decides. */
  readonly by: Draft | null;
}

/** Facts of a bucket that no single resource gives. */
export function combineBucket(parts: Parts, accountIsClosed: boolean): readonly Combined[] {
  return [
    {
      facts: { public: openness(parts, accountIsClosed) },
      by: parts.get('restricts')?.by ?? parts.get('acl')?.by ?? parts.get('policy')?.by ?? null,
    },
    { facts: { retention: retention(parts) }, by: parts.get('expiry')?.by ?? null },
    ...(parts.has('versioning')
      ? [{ facts: { versioning: versioning(parts) }, by: parts.get('versioning')?.by ?? null }]
      : []),
  ];
}

/** Open through its policy or its access list, unless a block of the bucket keeps it closed. */
function openness(parts: Parts, accountIsClosed: boolean): Fact {
  const byPolicy = and(truth(parts, 'policy'), not(truth(parts, 'restricts', false)));
  const byAcl = and(truth(parts, 'acl'), not(truth(parts, 'ignores_acls', false)));
  if (byPolicy === true || byAcl === true) {
    return accountIsClosed ? unsaid('the account’s public access block may keep it closed') : known(true);
  }
  if (byPolicy === false && byAcl === false) return known(false);
  return unsaid(
    parts.has('restricts')
      ? 'the public access block leaves something open'
      : 'no public access block of this bucket here',
  );
}

function truth(parts: Parts, name: string, whenUnsaid: boolean | null = null): boolean | null {
  const part = parts.get(name);
  return part === undefined ? whenUnsaid : typeof part.value === 'boolean' ? part.value : null;
}

function not(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

function and(a: boolean | null, b: boolean | null): boolean | null {
  return a === false || b === false ? false : a === null || b === null ? null : true;
}

function retention(parts: Parts): Fact {
  const expiry = parts.get('expiry')?.value;
  if (expiry === undefined) return unsaid('no lifecycle configuration of this bucket here');
  if (typeof expiry !== 'number') return unsaid('the lifecycle configuration is known after apply');
  if (expiry === 0) return absent;
  const versioned = parts.get('versioning')?.value;
  if (versioned === undefined) return unsaid('whether the bucket keeps old versions is not said here');
  if (versioned === 'unknown') return unsaid('whether the bucket keeps old versions is known after apply');
  const old = parts.get('old_versions')?.value;
  if (versioned === false) return known(`P${expiry}D`);
  return typeof old === 'number' && old > 0 ? known(`P${expiry + old}D`) : absent;
}

function versioning(parts: Parts): Fact {
  const value = parts.get('versioning')?.value;
  return typeof value === 'boolean' ? known(value) : unsaid('versioning is known after apply');
}
