import { spawn } from 'node:child_process';

type Environment = { readonly [name: string]: string | undefined };

/** The program that opens an address, and its words; null where there is no screen to open one on. */
function openerOf(
  platform: NodeJS.Platform,
  env: Environment,
): readonly [program: string, words: readonly string[]] | null {
  if (platform === 'darwin') return ['open', []];
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler']];
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] || env['BROWSER'] ? ['xdg-open', []] : null;
}

/** Opens a web address in the user's browser, without a shell. False where none could be started. */
export async function openAddress(
  address: string,
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): Promise<boolean> {
  const opener = openerOf(platform, env);
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!opener || !url || !/^https?:$/.test(url.protocol)) return false;
  const [program, words] = opener;
  return new Promise((resolve) => {
    const child = spawn(program, [...words, url.href], { stdio: 'ignore', detached: true, env: { ...env } });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
