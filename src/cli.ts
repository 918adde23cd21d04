#!/usr/bin/env node
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';
import { codeFolder } from './io/cache.ts';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 18)) {
  // Compiled code is kept by Node between runs. Where it cannot be, only time is lost.
  const folder = codeFolder(process.env);
  if (folder !== null) nodeModule.enableCompileCache(folder);
  await import('./main.ts');
} else {
  process.exitCode = await runOnOwnNode();
}

/** A checkout brings a newer Node among its development dependencies: what an older one cannot run goes there. */
async function runOnOwnNode(): Promise<number> {
  const own = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (existsSync(own)) {
    const { spawnSync } = await import('node:child_process');
    const { status, signal } = spawnSync(own, process.argv.slice(1), { stdio: 'inherit' });
    return status ?? (signal === 'SIGINT' ? 130 : 2);
  }
  process.stderr.write(`bercail: Node ${process.versions.node} is too old; Bercail needs 22.18 or newer\n`);
  return 2;
}
