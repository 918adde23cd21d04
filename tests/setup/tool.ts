import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, test } from '@jest/globals';

/** Where a program of the machine is; null when it has none. */
export function programPath(...names: readonly string[]): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
  return found ?? null;
}

/** A `describe` for what needs a program of the machine: listed as not run without it, or failing where all must run. */
export function describeWithProgram(
  name: string,
  programs: readonly string[],
  define: (path: string) => void,
): void {
  const path = programPath(...programs);
  if (path !== null) {
    describe(name, () => define(path));
    return;
  }
  const reason = `${name}: not run, this machine has no ${programs.join(' or ')}`;
  if (process.env['BERCAIL_TEST_REQUIRE'] !== 'all') {
    test.skip(reason, () => undefined);
    return;
  }
  test(name, () => {
    throw new Error(reason);
  });
}
