import type { Json, Tree } from '../../../../inventory/fact.ts';
import { jsonText } from '../../../../inventory/fact.ts';
import type { Answer } from '../../../call.ts';
import { failAnswer } from '../../../call.ts';
import { at, numberAt, textAt, treesAt } from '../../read/json.ts';
import type { AzureSession, ServiceCall, ServiceContext } from '../service.ts';
import { action, askArm } from '../service.ts';

export const queryGraph = action('Microsoft.ResourceGraph/resources/read', '2024-04-01', 'Resources');

/** Rows of a page; the most that Resource Graph hands out. */
const ROWS = 1000;

export interface GraphPage {
  readonly answer: Answer<Json>;
  readonly rows: readonly Tree[];
  readonly number: number;
}

/**
 * Asks Resource Graph, of some subscriptions or (for none) all that the caller sees, page after page along its skip tokens. What it cut off without a token to go on with, and pages that
 * hold fewer rows than it counted, are failures: rows would be missing without a word.
 * https://learn.microsoft.com/azure/governance/resource-graph/concepts/work-with-data
 */
export async function* graphPages(
  session: AzureSession,
  context: Pick<ServiceContext, 'ask'>,
  subscriptions: readonly string[],
  query: string,
  call: ServiceCall = queryGraph,
): AsyncGenerator<GraphPage> {
  const before = new Set<string>();
  let token: string | null = null;
  let count = 0;
  for (let number = 1; ; number += 1) {
    const options: { readonly [name: string]: Json } = {
      $top: ROWS,
      resultFormat: 'objectArray',
      ...(token === null ? {} : { $skipToken: token }),
    };
    const answer: Answer<Json> = await askArm(
      session,
      context,
      call,
      '/providers/Microsoft.ResourceGraph/resources',
      { ...(subscriptions.length === 0 ? {} : { subscriptions }), query, options },
    );
    if (answer.state !== 'ok') {
      yield { answer, rows: [], number };
      return;
    }
    if (!Array.isArray(at(answer.response, 'data'))) {
      yield { answer: failAnswer(answer, 'error', 'NotAList'), rows: [], number };
      return;
    }
    const rows = treesAt(answer.response, 'data');
    count += rows.length;
    yield { answer, rows, number };
    token = textAt(answer.response, '$skipToken');
    if (token === null) {
      const total = numberAt(answer.response, 'totalRecords');
      // A text in Microsoft's answers.
      const isTruncated = /^true$/i.test(jsonText(at(answer.response, 'resultTruncated')));
      if (isTruncated || (total !== null && count < total))
        yield { answer: failAnswer(answer, 'error', 'ResultTruncated'), rows: [], number: number + 1 };
      return;
    }
    if (before.has(token)) {
      yield { answer: failAnswer(answer, 'error', 'RepeatedPage'), rows: [], number: number + 1 };
      return;
    }
    before.add(token);
  }
}
