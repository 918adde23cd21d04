import type { Json, Tree } from '../../../inventory/fact.ts';
import { isTree } from '../../../inventory/fact.ts';
import type { Answer } from '../../call.ts';
import { failAnswer } from '../../call.ts';
import { at, textAt } from '../read/json.ts';
import type { AzureSession, ServiceCall, ServiceContext } from './service.ts';
import { askArm } from './service.ts';

/** One page of a listing. The last one may be a failure: the listing is then not complete. */
export interface Page {
  readonly answer: Answer<Json>;
  readonly items: readonly Tree[];
  /** From 1. */
  readonly number: number;
}

/**
 * Follows `nextLink` until an answer has none or a call fails. A list that is no list, or a link that comes again, is a
 * failure. Microsoft's own example of list-locations answers a bare array: that is taken for a list too.
 */
export async function* listPages(
  session: AzureSession,
  context: Pick<ServiceContext, 'ask'>,
  call: ServiceCall,
  path: string,
): AsyncGenerator<Page> {
  const before = new Set<string>();
  let next = path;
  for (let number = 1; ; number += 1) {
    const answer = await askArm(session, context, call, next);
    if (answer.state !== 'ok') {
      yield { answer, items: [], number };
      return;
    }
    const list = Array.isArray(answer.response) ? answer.response : at(answer.response, 'value');
    if (!Array.isArray(list)) {
      yield { answer: failAnswer(answer, 'error', 'NotAList'), items: [], number };
      return;
    }
    yield { answer, items: list.filter((one): one is Tree => isTree(one)), number };
    const link = textAt(answer.response, 'nextLink');
    if (link === null) return;
    if (before.has(link)) {
      yield { answer: failAnswer(answer, 'error', 'RepeatedPage'), items: [], number: number + 1 };
      return;
    }
    before.add(link);
    next = link;
  }
}

/** Everything that a listing about one thing shows, or the answer that kept it from being read to its end. */
export async function listAll(
  session: AzureSession,
  context: Pick<ServiceContext, 'ask'>,
  call: ServiceCall,
  path: string,
): Promise<{ readonly answer: Answer<Json>; readonly items: readonly Tree[] }> {
  const items: Tree[] = [];
  let last: Answer<Json> | undefined;
  for await (const page of listPages(session, context, call, path)) {
    items.push(...page.items);
    last = page.answer;
  }
  if (last === undefined) throw new Error('a listing has a page at least');
  return { answer: last, items };
}
