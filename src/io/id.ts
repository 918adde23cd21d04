import { randomBytes } from 'node:crypto';

/** Short enough to type, long enough that two runs in one folder do not meet: eight hexadecimal digits. */
export function newRunId(): string {
  return randomBytes(4).toString('hex');
}
