import type { Invocation, Log, Run, Result as SarifResult } from 'sarif';
import type { InputAccount } from '../../../inventory/account.ts';
import type { Result } from '../../../result/result.ts';
import { countQuestions, questionsOf } from '../../question.ts';
import type { ReportContext, Reporter } from '../../reporter.ts';
import { JsonList, writeJsonPieces } from '../../visible.ts';
import { invocationOf } from './invocation.ts';
import { createPlacer } from './location.ts';
import { resultOfFinding, resultOfQuestion } from './result.ts';
import { rulesOf } from './rule.ts';

/** GitHub's code scanning refuses a run with more results. */
const RESULTS = 25_000;

/**
 * SARIF 2.1.0 (OASIS), within the limits of GitHub's code scanning. Failures are results of kind `fail`; what is not
 * known is of kind `open`, whose level has to be `none`; broken rules, unread calls and warnings are notifications.
 */
export const render: Reporter = (result, context) => writeJsonPieces(logOf(result, context));

/** The results are written one by one: there may be very many. */
type Streamed<T, K extends keyof T> = Omit<T, K> & { readonly [key in K]: JsonList };

function logOf(
  result: Result,
  context: ReportContext,
): Omit<Log, 'runs'> & { readonly runs: readonly Streamed<Run, 'results'>[] } {
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [runOf(result, context)],
  };
}

function runOf(result: Result, { language, messages }: ReportContext): Streamed<Run, 'results'> {
  const place = createPlacer(result, messages);
  const rules = rulesOf(result, messages);
  const index = new Map(rules.map(({ id }, position) => [id, position]));
  const judged = result.findings.filter(({ outcome }) => outcome !== 'error' && outcome !== 'unknown');
  // Failures first, so that what is left out of an overfull file is what fails nothing.
  const fails = judged.filter(({ outcome }) => outcome === 'fail');
  const others = judged.filter(({ outcome }) => outcome !== 'fail');
  const total = judged.length + countQuestions(result);
  function* all(): Generator<SarifResult> {
    for (const finding of fails) yield resultOfFinding(finding, place, messages);
    for (const question of questionsOf(result)) yield resultOfQuestion(question, place, messages);
    for (const finding of others) yield resultOfFinding(finding, place, messages);
  }
  function* results(): Generator<SarifResult> {
    let left = RESULTS;
    for (const one of all()) {
      yield { ...one, ruleIndex: index.get(one.ruleId ?? '') ?? -1 };
      if (--left === 0) return;
    }
  }
  const { run, tool, summary, coverage } = result;
  return {
    tool: { driver: { name: 'Bercail', version: tool.version, language, rules } },
    automationDetails: { id: `bercail/${run.policy.name}/${run.id}` },
    language,
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { '%SRCROOT%': { description: { text: messages('sarif.srcroot') } } },
    invocations: [invocation(result, total)],
    results: new JsonList(results()),
    properties: {
      as_of: run.as_of,
      policy: run.policy,
      packs: run.packs,
      catalog: run.catalog,
      sources: run.sources,
      summary,
      coverage: {
        ...coverage,
        ...(coverage.inputs === undefined ? {} : { inputs: coverage.inputs.map(withoutNames) }),
        gaps: coverage.gaps.length,
      },
    },
  };

  function invocation(from: Result, total: number): Invocation {
    return invocationOf(from, { total, limit: RESULTS }, place, messages);
  }
}

/** A file that uploads have limits for needs no more than the sums. */
function withoutNames({ left_out, ...account }: InputAccount) {
  return { ...account, left_out: left_out.map(({ reason, count }) => ({ reason, count })) };
}
