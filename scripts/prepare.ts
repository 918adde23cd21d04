// npm's `prepare`: builds. Where npm installs this repository for somebody else (a hook of pre-commit, a dependency from
// git, globally) it runs this without having installed what the build needs: then that is done first, from the lock file.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../src/io/root.ts';

if (!existsSync(join(root, 'node_modules/esbuild'))) {
  const words = ['ci', '--global=false', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', words, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}
await import('./build.ts');
