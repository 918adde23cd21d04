import { createHash } from 'node:crypto';
import type { Finding, Result } from '../../result/result.ts';
import { basisText, evidenceTexts, lawTexts, placeText, waiverText } from '../describe.ts';
import type { Messages } from '../message.ts';
import { countQuestions, type Question, questionsOf } from '../question.ts';
import type { Reporter } from '../reporter.ts';
import { JsonList, prose, writeJsonPieces } from '../visible.ts';

/**
 * OSCAL assessment results 1.0.4 (NIST). A failure is a finding that is not satisfied, with the observation that it
 * rests on. OSCAL has no state for what is not known: that is an observation without a finding, so that nobody reads
 * it as satisfied, or as not.
 */
export const render: Reporter = (result, { messages }) => {
  const { run, tool, summary } = result;
  const judged = result.findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'pass');
  const broken = result.findings.filter(({ outcome }) => outcome === 'error');
  const title = text(messages('report.title', { day: run.as_of }));
  const id = (kind: string, name: string): string => uuid(`${run.id} ${kind} ${name}`);
  function* observations() {
    for (const finding of judged) yield observationOf(finding, id, run, messages);
    for (const finding of broken)
      yield { ...observationOf(finding, id, run, messages), types: ['rule-error'] };
    for (const question of questionsOf(result)) yield openObservation(question, id, run, messages);
  }
  function* findings() {
    for (const finding of judged) yield findingOf(finding, id, messages);
  }
  const count = judged.length + broken.length + countQuestions(result);
  return writeJsonPieces({
    'assessment-results': {
      uuid: id('results', ''),
      metadata: {
        title,
        'last-modified': run.finished_at,
        version: text(run.id),
        'oscal-version': '1.0.4',
        props: [
          prop('tool', `bercail ${tool.version}`),
          prop('policy', run.policy.name),
          prop('policy-sha256', run.policy.sha256),
          prop('catalog-sha256', run.catalog.sha256),
        ],
      },
      // There is no assessment plan: the policy stands for it.
      'import-ap': { href: `urn:sha256:${run.policy.sha256}` },
      results: [
        {
          uuid: id('result', ''),
          title,
          description: text(summary.gate.reason),
          start: run.started_at,
          end: run.finished_at,
          props: [prop('gate', summary.gate.verdict), prop('as-of', run.as_of)],
          'reviewed-controls': { 'control-selections': [{ 'include-all': {} }] },
          ...(count > 0 ? { observations: new JsonList(observations()) } : {}),
          ...(judged.length > 0 ? { findings: new JsonList(findings()) } : {}),
        },
      ],
    },
  });
};

type Id = (kind: string, name: string) => string;

function observationOf(finding: Finding, id: Id, run: Result['run'], messages: Messages) {
  const { subject, place, evidence, severity } = finding;
  const relevant = evidenceTexts(finding).map((description) => ({ description: text(description) }));
  const dates = evidence.flatMap(({ at }) => (at === null ? [] : [at])).toSorted();
  return {
    uuid: id('observation', keyOf(finding)),
    title: text(finding.title),
    description: text(finding.message),
    props: [
      prop('rule', finding.rule),
      prop('severity', severity),
      prop('basis', basisText(finding, messages)),
      prop('subject', subject.id),
      ...(place === null ? [] : [prop('place', placeText(place, messages))]),
      ...[...new Set(evidence.flatMap(({ sha256 }) => (sha256 === null ? [] : [sha256])))].map((hash) =>
        prop('evidence-sha256', hash),
      ),
    ],
    methods: ['TEST'],
    ...(relevant.length > 0 ? { 'relevant-evidence': relevant } : {}),
    collected: collected(dates.at(-1), run),
  };
}

function openObservation(question: Question, id: Id, run: Result['run'], messages: Messages) {
  const { rule, subject, missing, reason, severity } = question;
  return {
    uuid: id('question', `${question.id} ${missing.join(' ')}`),
    title: text(question.title ?? rule),
    description: text(
      `${messages('outcome.unknown')}: ${missing.join(', ')} (${messages(`reason.${reason}`)})`,
    ),
    props: [prop('rule', rule), prop('severity', severity), prop('subject', subject.id)],
    methods: ['TEST'],
    types: ['not-known'],
    collected: run.finished_at,
    remarks: text(question.how),
  };
}

function findingOf(finding: Finding, id: Id, messages: Messages) {
  const { outcome, waiver, rule } = finding;
  const isFailure = outcome === 'fail';
  const law = lawTexts(finding, messages).map(({ label, note }) => `${label} (${note})`);
  return {
    uuid: id('finding', keyOf(finding)),
    title: text(finding.title),
    description: text(finding.message),
    props: [
      prop('fingerprint', finding.id),
      prop('basis', finding.basis),
      ...law.map((one) => prop('law', one)),
    ],
    target: {
      type: 'objective-id',
      'target-id': token(rule),
      status: {
        state: isFailure ? 'not-satisfied' : 'satisfied',
        reason: waiver === null ? (isFailure ? 'fail' : 'pass') : 'other',
        ...(waiver === null ? {} : { remarks: text(waiverText(waiver, messages)) }),
      },
    },
    'related-observations': [{ 'observation-uuid': id('observation', keyOf(finding)) }],
  };
}

function keyOf({ id, rule, subject }: Finding): string {
  return `${id} ${rule} ${subject.type} ${subject.id}`;
}

function prop(name: string, value: string) {
  return { name, ns: 'urn:bercail:oscal', value: text(value) };
}

/** OSCAL has no empty text, nor one that starts or ends with white space. */
function text(value: string): string {
  return (
    prose(value)
      .replaceAll(/[\u2028\u2029]/g, ' ')
      .trim() || '–'
  );
}

function token(value: string): string {
  return `rule_${value.replaceAll(/[^\p{L}\p{N}.\-_]/gu, '_').slice(0, 100)}`;
}

function collected(at: string | undefined, { finished_at }: Result['run']): string {
  return at !== undefined && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/.test(at) ? at : finished_at;
}

/** The same thing of the same run has the same id (RFC 9562, version 5's form over SHA-256). */
function uuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
