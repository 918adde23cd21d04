import { BercailError } from '../error.ts';
import { readYaml } from '../yaml/read.ts';

const format = 'baseline/v1';

/** Fingerprints of findings that are known: only what is new is reported. */
export function readBaseline(text: string, file: string): ReadonlySet<string> {
  const source = readYaml(text, file);
  const { bercail, findings } = (source.value ?? {}) as { bercail?: unknown; findings?: unknown };
  if (
    bercail !== format ||
    !Array.isArray(findings) ||
    !findings.every((id): id is string => typeof id === 'string')
  ) {
    throw new BercailError('config', {
      message: 'not a baseline',
      hint: `expected bercail: ${format} and a list of findings; --write-baseline writes one`,
      where: source.positionOf([]),
    });
  }
  return new Set(findings);
}

export function writeBaseline(fingerprints: readonly string[]): string {
  return `${JSON.stringify({ bercail: format, findings: [...fingerprints].sort() }, null, 2)}\n`;
}
