import type { Finding, Outcome, Result, Severity } from '../../result/result.ts';
import { evidenceTexts } from '../describe.ts';
import type { Messages } from '../message.ts';
import { type Question, questionsOf } from '../question.ts';
import type { Reporter } from '../reporter.ts';
import { escapeUnsafe, prose } from '../visible.ts';

/** Version of the Open Cybersecurity Schema Framework, https://schema.ocsf.io. */
const version = '1.8.0';

const severities: { readonly [severity in Severity]: readonly [number, string] } = {
  info: [1, 'Informational'],
  low: [2, 'Low'],
  medium: [3, 'Medium'],
  high: [4, 'High'],
  critical: [5, 'Critical'],
};

/** `Warning` is OCSF's word for a check that « did not yield a result due to missing information »: never a pass. */
const statuses: { readonly [outcome in Outcome]: readonly [number, string] } = {
  pass: [1, 'Pass'],
  unknown: [2, 'Warning'],
  fail: [3, 'Fail'],
  not_applicable: [99, 'Not applicable'],
  error: [99, 'Rule error'],
};

/**
 * OCSF compliance findings (class 2003): one event a judgement, in one JSON array with one event a line. What is not
 * known is an event too.
 */
export const render: Reporter = function* (result, { messages }) {
  const judged = result.findings.filter(({ outcome }) => outcome !== 'unknown');
  let separator = '[\n';
  for (const finding of judged) {
    yield separator + line(findingEvent(finding, result, messages));
    separator = ',\n';
  }
  for (const question of questionsOf(result)) {
    yield separator + line(questionEvent(question, result, messages));
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
};

function line(event: unknown): string {
  return escapeUnsafe(JSON.stringify(event));
}

function findingEvent(finding: Finding, result: Result, messages: Messages) {
  const { id, rule, name, title, pack, outcome, severity, basis, contested, mark, subject } = finding;
  const { place, path, message, why, fix, law, evidence, waiver } = finding;
  const urls = law.flatMap(({ url }) => url ?? []);
  const check = { rule, name, title: prose(title), pack, severity, outcome };
  return {
    ...head(result, severity, waiver === null ? 'New' : 'Suppressed'),
    message: prose(message),
    ...(waiver === null ? {} : { comment: prose(`${waiver.reason} (${waiver.approved_by})`) }),
    finding_info: {
      ...info(id, check, [basis, ...(contested ? ['contested'] : [])]),
      ...(why === null ? {} : { desc: prose(why) }),
      data_sources: evidenceTexts(finding).map(prose),
    },
    compliance: compliance(
      check,
      law.map(({ label }) => prose(label)),
      [messages(`basis.${basis}`), messages(`mark.${mark}`)],
    ),
    resources: [
      {
        ...resource(subject),
        ...(place?.provider == null ? {} : { provider: prose(place.provider) }),
        ...(place?.region == null ? {} : { region: prose(place.region) }),
      },
    ],
    ...(evidence.length === 0 ? {} : { evidences: evidence.map((data) => ({ data: { ...data } })) }),
    ...(fix === null
      ? {}
      : { remediation: { desc: prose(fix), ...(urls.length > 0 ? { references: urls.map(prose) } : {}) } }),
    unmapped: {
      basis,
      contested,
      mark,
      law: law.map((one) => ({ id: one.id, basis: one.basis, mark: one.mark })),
      countries: place?.countries ?? [],
      path: path.map(({ kind, from, to }) => ({ kind, from, to })),
      ...asked(result),
    },
  };
}

function questionEvent(question: Question, result: Result, messages: Messages) {
  const { id, rule, title, pack, severity, subject, missing, reason, how } = question;
  const check = {
    rule,
    name: rule,
    title: prose(title ?? rule),
    pack: pack ?? '',
    severity,
    outcome: 'unknown' as const,
  };
  const why = `${messages('outcome.unknown')}: ${missing.join(', ')} (${messages(`reason.${reason}`)})`;
  return {
    ...head(result, severity, 'New'),
    message: prose(why),
    finding_info: info(id, check, []),
    compliance: compliance(check, [], [why]),
    resources: [resource(subject)],
    remediation: { desc: prose(how) || '–' },
    unmapped: { missing, reason, ...asked(result) },
  };
}

type Check = Pick<Finding, 'rule' | 'name' | 'title' | 'pack' | 'severity' | 'outcome'>;

function head({ run, tool }: Result, severity: Severity, status: 'New' | 'Suppressed') {
  const [severity_id, caption] = severities[severity];
  return {
    activity_id: 1,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2003,
    class_name: 'Compliance Finding',
    type_uid: 200_301,
    type_name: 'Compliance Finding: Create',
    time: milliseconds(run.finished_at),
    severity_id,
    severity: caption,
    status_id: status === 'New' ? 1 : 3,
    status,
    metadata: {
      version,
      correlation_uid: run.id,
      product: { name: 'Bercail', vendor_name: 'Bercail', version: prose(tool.version), lang: run.language },
    },
  };
}

function info(uid: string, { rule, name, title, pack }: Check, types: readonly string[]) {
  return {
    uid,
    title,
    types,
    analytic: { type_id: 1, type: 'Rule', uid: prose(rule), name: prose(name), category: prose(pack) },
  };
}

function compliance(
  { rule, title, pack, severity, outcome }: Check,
  standards: readonly string[],
  details: readonly string[],
) {
  const [status_id, status] = statuses[outcome];
  const [severity_id, caption] = severities[severity];
  const checked = { status_id, status, standards };
  return {
    control: prose(rule),
    category: prose(pack),
    ...checked,
    status_details: details.map(prose),
    checks: [{ uid: prose(rule), name: title, severity_id, severity: caption, ...checked }],
  };
}

function resource({ type, id, label }: Finding['subject']) {
  return { uid: prose(id), name: prose(label) || prose(id), type };
}

function asked({ run }: Result) {
  return { as_of: run.as_of, policy: run.policy, catalog: run.catalog.sha256 };
}

/** Times of ours are RFC 3339; what is none is the day that was judged. */
function milliseconds(time: string): number {
  const value = Date.parse(time);
  return Number.isNaN(value) ? 0 : value;
}
