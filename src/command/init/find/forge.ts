import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { remoteAddresses } from '../../../io/git.ts';
import type { CommandContext } from '../../context.ts';

export type Forge = 'github' | 'gitlab' | 'none';

/** The forge that a folder is on: by what it already runs there, else by where it is pushed to. */
export async function forgeOf(folder: string, env: CommandContext['env']): Promise<Forge> {
  if (existsSync(join(folder, '.gitlab-ci.yml'))) return 'gitlab';
  if (existsSync(join(folder, '.github'))) return 'github';
  const hosts = (await remoteAddresses(folder, env)).map(hostOf);
  // GitLab is often at an address of one's own: gitlab.example.org, forge.apps.education.fr.
  if (hosts.some((host) => /(^|\.)github\./.test(host))) return 'github';
  return hosts.some((host) => /gitlab|^forge\./.test(host)) ? 'gitlab' : 'none';
}

/** Of `https://host/x`, `ssh://git@host:22/x` and `git@host:x`. */
function hostOf(address: string): string {
  const match = /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([^/:]+)/i.exec(address);
  return (match?.[1] ?? '').toLowerCase();
}
