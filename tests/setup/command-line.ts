import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CommanderError } from 'commander';
import { languageOf } from '../../src/command/context.ts';
import { createProgram } from '../../src/command/program.ts';
import { BercailError } from '../../src/error.ts';
import { testContext } from './command.ts';

export interface Ran {
  /** As the shell would see it. */
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as it would be typed, at a time, and keeps what it says. */
export async function type(words: readonly string[], at = '2026-11-22T10:00:00Z'): Promise<Ran> {
  const { context, out, err } = testContext(at);
  let code = 0;
  try {
    const done = (exit: number): void => {
      code = exit;
    };
    await createProgram(context, done, languageOf(words, context.env)).parseAsync([
      'node',
      'bercail',
      ...words,
    ]);
  } catch (error) {
    if (error instanceof CommanderError)
      return { code: error.exitCode === 0 ? 0 : 2, out: out(), err: err() };
    // What the entry point does with errors of input: exit 2.
    if (!(error instanceof BercailError)) throw error;
    return { code: 2, out: out(), err: err() + error.message };
  }
  return { code, out: out(), err: err() };
}

export interface Folder {
  readonly path: (name?: string) => string;
  readonly write: (name: string, text: string) => Promise<string>;
  readonly read: (name: string) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** A folder of its own for a test. */
export async function scratchFolder(): Promise<Folder> {
  const base = await mkdtemp(join(tmpdir(), 'bercail-'));
  const path = (name = ''): string => join(base, name);
  return {
    path,
    write: async (name, text) => {
      await mkdir(dirname(path(name)), { recursive: true });
      await writeFile(path(name), text);
      return path(name);
    },
    read: (name) => readFile(path(name), 'utf8'),
    remove: () => rm(base, { recursive: true }),
  };
}
