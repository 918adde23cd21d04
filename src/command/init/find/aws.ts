import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { CommandContext } from '../../context.ts';

type Environment = CommandContext['env'];

/** Names of the profiles of the shared AWS configuration, sorted. No value of them is read. */
export function awsProfiles(env: Environment): readonly string[] {
  const config = sections(env['AWS_CONFIG_FILE'] ?? join(home(env), '.aws', 'config'))
    .map((name) => (name === 'default' ? name : /^profile\s+(.+)$/.exec(name)?.[1]))
    .filter((name) => name !== undefined);
  const credentials = sections(env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(home(env), '.aws', 'credentials'));
  return [...new Set([...config, ...credentials])].sort();
}

/** Whether the environment itself gives access, as in CI. Says which variables do, never what they hold. */
export function awsVariables(env: Environment): readonly string[] {
  return [
    'AWS_ACCESS_KEY_ID',
    'AWS_PROFILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  ].filter((name) => env[name]);
}

export function home(env: Environment): string {
  return env['HOME'] || homedir();
}

function sections(file: string): readonly string[] {
  try {
    const text = readFileSync(file, 'utf8');
    return [...text.matchAll(/^[ \t]*\[([^\]\r\n]+)\]/gm)].map(([, name = '']) =>
      name.trim().replace(/["']/g, ''),
    );
  } catch {
    return [];
  }
}
