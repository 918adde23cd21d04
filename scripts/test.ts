// Runs the tests, after starting what they need. Without Python it says so in one line and lists what did not run,
// unless BERCAIL_TEST_REQUIRE=all, which makes a missing part a failure.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../src/io/root.ts';
import { ensureMoto } from '../tests/setup/moto.ts';

const moto = await ensureMoto();
const strict = process.env['BERCAIL_TEST_REQUIRE'] === 'all';
if ('missing' in moto) {
  console.error(`tests: without moto: ${moto.missing}`);
  if (strict) process.exit(1);
}
const jest = join(root, 'node_modules/jest/bin/jest.js');
const env = { ...process.env, ...('missing' in moto ? {} : { BERCAIL_TEST_MOTO: moto.server }) };
const child = spawn(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', jest, ...process.argv.slice(2)],
  { stdio: 'inherit', env, cwd: root },
);
const code = await new Promise<number>((resolve) => child.on('close', (status) => resolve(status ?? 1)));
if ('missing' in moto)
  console.error(
    'tests: did not run: those against moto (`skipped` above); install Python 3.10 or newer to run them',
  );
process.exit(code);
