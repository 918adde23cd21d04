import { placesOf } from '../../report/describe.ts';
import type { Messages } from '../../report/message.ts';
import { writeJson } from '../../report/visible.ts';
import { plain } from '../../result/plain.ts';
import type { Result } from '../../result/result.ts';
import { markdownList } from '../../ui/browse/markdown.ts';
import type { Browse } from '../../ui/browse/state.ts';
import { renderReport } from '../render.ts';

/** What was chosen, as the file's name says: `.json`, `.csv` or `.md`. */
export async function selectionText(
  file: string,
  targets: readonly number[],
  { entries }: Browse,
  { result, messages }: { readonly result: Result; readonly messages: Messages },
): Promise<string> {
  const chosen = targets.flatMap((target) => entries[target] ?? []);
  const findings = chosen.flatMap(({ finding, waiver }) => (finding ? [{ ...plain(finding), waiver }] : []));
  const unknowns = chosen.flatMap(({ finding, question, rule }) => {
    if (!question || finding) return [];
    const { subject, missing, reason, how, severity } = question;
    return [{ subject, missing, reason, how, rules: [rule], severity }];
  });
  if (file.endsWith('.json')) {
    const { run } = result;
    return writeJson({
      schema: 'bercail/selection/v1',
      run: { id: run.id, as_of: run.as_of },
      findings,
      unknowns,
    });
  }
  if (file.endsWith('.csv')) {
    const { bytes } = await renderReport({ ...result, findings, unknowns }, 'csv');
    return Buffer.from(bytes).toString();
  }
  return markdownList(chosen, placesOf(result), messages);
}
