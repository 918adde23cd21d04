import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../src/io/root.ts';

/** A package of `package-lock.json`, as far as it is looked at here. */
export interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: { readonly [name: string]: string };
  readonly optionalDependencies?: { readonly [name: string]: string };
  readonly peerDependencies?: { readonly [name: string]: string };
}

/** Packages by their place: `node_modules/a`, `node_modules/a/node_modules/b`; the project itself is ''. */
export type Lock = { readonly [place: string]: Locked };

export function readLock(): Lock {
  const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
  return (JSON.parse(text) as { readonly packages: Lock }).packages;
}

export function nameAt(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/**
 * The licence of each package. Binaries for other systems are in the lock by name alone: they are parts of the package
 * that lists them.
 */
export function licencesOf(lock: Lock): ReadonlyMap<string, string | null> {
  const parts = new Map<string, string>();
  for (const { license, optionalDependencies } of Object.values(lock))
    for (const name of Object.keys(optionalDependencies ?? {})) if (license) parts.set(name, license);
  return new Map(
    Object.entries(lock)
      .filter(([place]) => place !== '')
      .map(([place, { license }]) => [place, license ?? parts.get(nameAt(place)) ?? null]),
  );
}
