import type { Invocation, Notification } from 'sarif';
import type { Result } from '../../../result/result.ts';
import type { Messages } from '../../message.ts';
import type { Place } from './location.ts';
import { messageOf } from './message.ts';

/** GitHub shows this many results of a run. */
const SHOWN = 5000;

/** The run itself: its verdict, the rules that broke, the calls that failed, and what this file leaves out. */
export function invocationOf(
  result: Result,
  { total, limit }: { readonly total: number; readonly limit: number },
  place: Place,
  messages: Messages,
): Invocation {
  const { run, summary, findings, coverage, warnings } = result;
  const broken = findings.filter(({ outcome }) => outcome === 'error');
  const errors = broken.map(
    ({ rule, subject, message, evidence, path }): Notification => ({
      level: 'error',
      message: messageOf(messages('error.statement', { subject: subject.id, message })),
      associatedRule: { id: rule },
      locations: place(subject, { evidence, path }).locations,
    }),
  );
  const gaps = coverage.gaps.map(({ operation, subject, reason, permission }): Notification => {
    const values = { operation, subject, reason: messages(`reason.${reason}`) };
    const text =
      permission === null
        ? messages('gap.statement', values)
        : messages('gap.statement_permission', { ...values, permission });
    return { level: 'warning', message: messageOf(text) };
  });
  const size: Notification[] = [];
  if (total > limit)
    size.push({
      level: 'error',
      message: messageOf(messages('sarif.left_out', { left: total - limit, total, limit })),
    });
  else if (total > SHOWN)
    size.push({ level: 'note', message: messageOf(messages('sarif.display', { total, limit: SHOWN })) });
  return {
    // A rule that broke judged nothing: the run as a whole has not succeeded.
    executionSuccessful: broken.length === 0,
    exitCode: summary.gate.exit_code,
    exitCodeDescription: summary.gate.reason,
    startTimeUtc: run.started_at,
    endTimeUtc: run.finished_at,
    toolExecutionNotifications: [...size, ...errors, ...gaps],
    toolConfigurationNotifications: warnings.map(
      (text): Notification => ({ level: 'warning', message: messageOf(text) }),
    ),
  };
}
