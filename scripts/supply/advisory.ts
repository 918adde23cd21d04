// `npm audit` of what is shipped. One that cannot be made fails, but where the registry says that it has no such service.
import { spawnSync } from 'node:child_process';
import { root } from '../../src/io/root.ts';

interface Audit {
  readonly statusCode?: number;
  readonly message?: string;
  readonly vulnerabilities?: {
    readonly [name: string]: {
      readonly severity: string;
      readonly range: string;
      readonly isDirect: boolean;
    };
  };
}

/** What npm answered, in words; `ok` where nothing is known against a package, or nobody can be asked. */
export function verdictOf(answer: string): { readonly ok: boolean; readonly said: string } {
  let audit: Audit;
  try {
    audit = JSON.parse(answer) as Audit;
  } catch {
    return { ok: false, said: 'npm audit gave no answer that can be read' };
  }
  const { statusCode, message, vulnerabilities } = audit;
  // What a mirror answers that has packages and nothing else.
  if (statusCode !== undefined && [404, 405, 501].includes(statusCode))
    return { ok: true, said: `not checked: this registry has no advisories (${statusCode})` };
  if (vulnerabilities === undefined)
    return { ok: false, said: `npm audit could not be made: ${message ?? 'no reason is given'}` };
  const found = Object.entries(vulnerabilities).filter(([, { severity }]) => severity !== 'info');
  return found.length === 0
    ? { ok: true, said: 'no advisory against what is shipped' }
    : { ok: false, said: found.map(([name, one]) => `${name} ${one.range}: ${one.severity}`).join('\n') };
}

if (import.meta.main) {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    timeout: 120_000,
  });
  const { ok, said } = verdictOf(stdout ?? '');
  console.log(said);
  process.exitCode = ok ? 0 : 1;
}
