// Every check but the tests, each told by name; all run even when one fails, and one that cannot run is a failure.
import { spawnSync } from 'node:child_process';
import { root } from '../src/io/root.ts';

const checks: readonly (readonly [name: string, command: string, ...args: readonly string[]])[] = [
  ['types', 'tsc', '-p', '.'],
  ['format', 'biome', 'check', '.'],
  ['lint', 'oxlint', '--type-aware', '--deny-warnings', 'src', 'scripts', 'tests'],
  ['architecture', 'depcruise', '--config', '.dependency-cruiser.js', 'src'],
  ['unused', 'knip'],
  ['schemas are fresh', process.execPath, 'scripts/schema.ts', '--check'],
  ['docs are fresh', process.execPath, 'scripts/docs.ts', '--check'],
  ['SBOM is fresh', process.execPath, 'scripts/supply/sbom.ts', '--check'],
  ['licences', process.execPath, 'scripts/supply/licence.ts'],
  ['install scripts', process.execPath, 'scripts/supply/install.ts'],
  ['advisories', process.execPath, 'scripts/supply/advisory.ts'],
  ['rules', process.execPath, 'src/cli.ts', 'rules', 'test'],
];
const failed: string[] = [];
for (const [name, command, ...args] of checks) {
  const started = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const ok = status === 0 && !error;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  // A check that had nobody to ask says so.
  if (ok && stdout.startsWith('not checked')) console.log(`       ${stdout.trim()}`);
  if (!ok) {
    failed.push(name);
    console.log([stdout, stderr, error?.message].filter(Boolean).join('\n'));
  }
}
console.log(
  failed.length === 0
    ? `${checks.length} checks passed`
    : `${failed.length} of ${checks.length} checks failed: ${failed.join(', ')}`,
);
process.exit(failed.length === 0 ? 0 : 1);
