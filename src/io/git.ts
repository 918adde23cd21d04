import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { BercailError } from '../error.ts';

type Environment = { readonly [name: string]: string | undefined };

/** Nothing is fetched: not what a partial clone left out, nor what LFS keeps elsewhere. */
const offline = { GIT_ALLOW_PROTOCOL: 'none', GIT_LFS_SKIP_SMUDGE: '1', GIT_TERMINAL_PROMPT: '0' } as const;

async function git(words: readonly string[], env: Environment): Promise<string> {
  const { stdout } = await promisify(execFile)('git', [...words], {
    env: { ...env, ...offline },
    maxBuffer: 1 << 26,
  });
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
    /dubious ownership/.test(String(cause))
      ? refuse(
          'git does not trust this repository: it belongs to another user',
          '`git config --global --add safe.directory "$PWD"`, as that user',
          cause,
        )
      : refuse('--since compares with git, and this is no git repository', 'run it inside one', cause),
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
  try {
    await git(['-C', top, 'read-tree', commit], index);
    await git(['-C', top, 'checkout-index', '--all', '--quiet', `--prefix=${tree}/`], index);
  } catch (cause) {
    refuse(
      `the files of ${revision} are not all here`,
      'a partial clone has to be fetched whole: nothing is fetched by itself',
      cause,
    );
  }
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
