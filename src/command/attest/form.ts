import { stringify } from 'yaml';
import type { Messages } from '../../report/message.ts';
import { prose, visible, writeJson } from '../../report/visible.ts';
import { quoted } from '../shell.ts';
import type { Question } from './question.ts';

interface Asked {
  readonly messages: Messages;
  /** What was audited, to say how to answer. */
  readonly paths: readonly string[];
  /** YYYY-MM-DD: until when an answer of today counts. */
  readonly until: string;
}

/** The questions for people: each with what would answer it. */
export function textForm(questions: readonly Question[], asked: Asked): string {
  const { messages } = asked;
  const blocks = questions.map((question) => {
    const { rule, severity, subject } = question.finding;
    const type = messages(`subject.${subject.type}`);
    const command = `bercail attest ${asked.paths.map(quoted).join(' ')} --rule ${rule} --subject ${quoted(subject.id)} --answer yes|no --signed-by "…"`;
    return [
      `${rule} · ${type} ${visible(subject.label)} · ${messages(`severity.${severity}`)}`,
      ...linesOf(question, asked).map((line) => `  ${line}`),
      `  ${command}`,
      '',
    ].join('\n');
  });
  return `${messages('attest.open', { count: questions.length })}\n\n${blocks.join('\n')}`;
}

/** The same as a file to fill in: a valid file of attestations, each of which counts for nothing yet. */
export function yamlForm(questions: readonly Question[], asked: Asked): string {
  const head = `# ${asked.messages('attest.open', { count: questions.length })}\nbercail: attestations/v1\n`;
  if (questions.length === 0) return `${head}attestations: []\n`;
  const entries = questions.map((question) => {
    const { rule, subject } = question.finding;
    const comments = linesOf(question, asked).map((line) => `  # ${line}\n`);
    const entry = {
      rule,
      subject: subject.id,
      answer: 'unknown',
      signed_by: 'unknown',
      signed_on: 'unknown',
      expires: asked.until,
    };
    return `${comments.join('')}${stringify([entry], { lineWidth: 0 }).replace(/^/gm, '  ').trimEnd()}\n`;
  });
  return `${head}attestations:\n${entries.join('')}`;
}

/** The same for programs. */
export function jsonForm(questions: readonly Question[], asked: Asked): string {
  const rows = questions.map((question) => {
    const { finding, fields } = question;
    const { rule, title, subject, severity, why, fix } = finding;
    return {
      rule,
      title,
      subject,
      severity,
      question: asked.messages('attest.question', { title }),
      why,
      evidence: fix,
      fields,
      until: asked.until,
      void: voidOf(question, asked),
    };
  });
  return writeJson(rows);
}

function linesOf(question: Question, asked: Asked): readonly string[] {
  const { messages, until } = asked;
  const { finding, fields } = question;
  const invalid = voidOf(question, asked);
  return [
    messages('attest.question', { title: finding.title }),
    ...(finding.fix === null ? [] : [messages('attest.evidence', { fix: finding.fix })]),
    ...(fields.length === 0 ? [] : [messages('attest.fields', { fields: fields.join(', ') })]),
    ...(invalid === null ? [] : [invalid]),
    messages('attest.until', { day: until }),
  ].map(prose);
}

function voidOf({ void: answer }: Question, { messages }: Asked): string | null {
  if (answer === null) return null;
  const { signedBy, signedOn, expires } = answer;
  if (answer.answer === null || signedBy === null || signedOn === null) return messages('attest.unsigned');
  return messages('attest.void', { by: signedBy, on: signedOn, expires: expires ?? '' });
}
