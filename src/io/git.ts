import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { BercailError } from '../error.ts';

const run = promisify(execFile);

type Environment = { readonly [name: string]: string | undefined };

async function git(words: readonly string[], env: Environment): Promise<string> {
  const { stdout } = await run('git', [...words], { env: { ...env }, maxBuffer: 1 << 26 });
  return stdout.trim();
}

/**
 * Writes the files of a revision of the repository around into a folder, and gives the way from a path of today to its
 * path there. The repository is not touched: no worktree, no index of its own. Throws `usage` outside a repository and
 * for a revision that it does not have.
 */
export async function writeRevision(
  revision: string,
  folder: string,
  env: Environment,
): Promise<(path: string) => string> {
  const tree = join(folder, 'tree');
  const index = { ...env, GIT_INDEX_FILE: join(folder, 'index') };
  await mkdir(tree);
  const top = await git(['rev-parse', '--show-toplevel'], env).catch((cause: unknown) =>
    refuse('--since compares with git, and this is no git repository', 'run it inside one', cause),
  );
  const prefix = await git(['rev-parse', '--show-prefix'], env);
  const commit = await git(
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`],
    env,
  ).catch((cause: unknown) =>
    refuse(
      `there is no revision ${revision}`,
      'a branch, a tag or a commit; a shallow clone has few: fetch it first',
      cause,
    ),
  );
  await git(['-C', top, 'read-tree', commit], index);
  await git(['-C', top, 'checkout-index', '--all', '--quiet', `--prefix=${tree}/`], index);
  return (path) => join(tree, isAbsolute(path) ? relative(top, path) : join(prefix, path));
}

function refuse(message: string, hint: string, cause: unknown): never {
  throw new BercailError('usage', { message, hint }, { cause });
}

/** Where the repository around a folder is fetched from; none outside a repository, or without git. */
export async function remoteAddresses(folder: string, env: Environment): Promise<readonly string[]> {
  const listed = await git(['-C', folder, 'remote', '-v'], env).catch(() => '');
  return listed.split('\n').flatMap((line) => line.split(/\s+/)[1] ?? []);
}
