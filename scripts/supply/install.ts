// Packages that run a script when they are installed: each is named in `allowScripts` of package.json, by somebody who looked.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../src/io/root.ts';
import { type Lock, nameAt, readLock } from './lock.ts';

type Allowed = { readonly [name: string]: boolean };

/** Scripts that nobody allowed or denied, and names in the list that have none. */
export function differences(lock: Lock, listed: Allowed): readonly string[] {
  const found = new Set(
    Object.entries(lock)
      .filter(([place, { hasInstallScript }]) => place !== '' && hasInstallScript)
      .map(([place]) => nameAt(place)),
  );
  const named = new Set(Object.keys(listed));
  return [
    ...[...found]
      .filter((name) => !named.has(name))
      .map((name) => `${name} runs a script that nobody allowed`),
    ...[...named].filter((name) => !found.has(name)).map((name) => `${name} is listed and runs no script`),
  ].toSorted();
}

if (import.meta.main) {
  const { allowScripts = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly allowScripts?: Allowed;
  };
  const wrong = differences(readLock(), allowScripts);
  for (const line of wrong) console.log(line);
  console.log(`${Object.keys(allowScripts).length} packages with install scripts are listed in package.json`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
