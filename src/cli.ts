#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// Compiled code is kept by Node between runs: half of a short run is compiling. Where it cannot be, nothing is lost.
enableCompileCache?.();
await import('./main.ts');
