import type { Answer, Ask } from '../../call.ts';
import { failAnswer } from '../../call.ts';
import type { ServiceCall } from './service.ts';

/** One page of a listing. The last one may be a failure: the listing is then not complete. */
export interface ServicePage<T> {
  readonly answer: Answer<T>;
  /** From 1. */
  readonly number: number;
}

/**
 * Asks for page after page, until the answer has no token or a call fails. A server that hands out the same token again
 * would be asked for ever: that ends as the failure `RepeatedToken`.
 *
 *     for await (const { answer, number } of askPages(ask, describeDbInstances, (Marker, abortSignal) =>
 *       client.send(new DescribeDBInstancesCommand({ Marker }), { abortSignal }), ({ Marker }) => Marker)) {
 *       yield observe(session.scene(session.scope), answer, { about: { page: number } });
 *       if (answer.state !== 'ok') break;
 *       for (const one of answer.response.DBInstances ?? []) …
 *     }
 */
export async function* askPages<T>(
  ask: Ask,
  call: ServiceCall,
  send: (token: string | undefined, abortSignal: AbortSignal) => Promise<T>,
  tokenOf: (response: T) => string | null | undefined,
): AsyncGenerator<ServicePage<T>> {
  const before = new Set<string>();
  let token: string | undefined;
  for (let number = 1; ; number += 1) {
    const sent = token;
    const answer = await ask(call, (abortSignal) => send(sent, abortSignal));
    yield { answer, number };
    if (answer.state !== 'ok') return;
    token = tokenOf(answer.response) || undefined;
    if (token === undefined) return;
    if (before.has(token)) {
      yield { answer: failAnswer(answer, 'error', 'RepeatedToken'), number: number + 1 };
      return;
    }
    before.add(token);
  }
}
