import { accountLines, assetsLine } from '../account.ts';
import type { Teller } from './teller.ts';
import type { Entry, Limits } from './told.ts';

/** In equals out: what was examined, what was not, what was refused. */
export function tellAccounting(teller: Teller, limits: Limits) {
  const { say, code, result, prose } = teller;
  const { coverage, summary, warnings } = result;
  const gaps = coverage.gaps.slice(0, limits.rows);
  const files = accountLines(coverage.inputs ?? [], say, (name) => name);
  const entries: readonly Entry[] = [
    ...files.map((file): Entry => ({ term: say('accounting.inputs'), text: file })),
    {
      term: say('accounting.assets'),
      text: assetsLine(coverage, say),
    },
    { term: say('accounting.facts'), text: say('accounting.facts_sum', coverage.facts) },
    { term: say('accounting.outcomes'), text: say('accounting.outcomes_sum', summary.outcomes) },
    {
      term: say('accounting.findings'),
      text: say('accounting.findings_sum', { ...summary.fail_by_severity, waived: summary.waived }),
    },
  ];
  return {
    entries,
    gapsIntro:
      coverage.gaps.length === 0
        ? say('story.gaps.none')
        : say('story.gaps.intro', { count: coverage.gaps.length }),
    gaps: gaps.map(({ source, scope, operation, subject, reason, permission }) => ({
      what: code(operation),
      on: code(subject),
      scope: `${code(source)} ${code(scope)}`,
      reason: say(`reason.${reason}`),
      permission: permission === null ? null : code(permission),
    })),
    gapsLeft:
      coverage.gaps.length > gaps.length
        ? say('story.left.rows', { count: coverage.gaps.length - gaps.length })
        : null,
    warnings: warnings.slice(0, limits.rows).map(prose),
    warningsLeft:
      warnings.length > limits.rows ? say('story.left.rows', { count: warnings.length - limits.rows }) : null,
  };
}
