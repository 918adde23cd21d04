import type { Messages } from '../report/message.ts';

type Calls = { readonly [operation: string]: number };

/** « 1204 calls: ec2 19, s3 1102, sts 1 »: how many calls were made, by service; in detail, by operation too. */
export function callsByService(calls: Calls, say: Messages, isDetailed = false): string {
  const services = new Map<string, [string, number][]>();
  for (const [operation, count] of Object.entries(calls)) {
    const service = operation.split(':')[0] ?? operation;
    services.set(service, [...(services.get(service) ?? []), [operation, count]]);
  }
  const total = sum(Object.entries(calls));
  const each = [...services].map(([service, made]) => {
    const detail =
      made.length === 1 || !isDetailed
        ? ''
        : ` (${made.map(([operation, count]) => `${operation} ${count}`).join(', ')})`;
    return `${service} ${sum(made)}${detail}`;
  });
  return say('calls', { total, list: each.join(', ') });
}

function sum(made: readonly (readonly [string, number])[]): number {
  return made.reduce((total, [, count]) => total + count, 0);
}
