import type { Messages } from '../report/message.ts';
import { prose, visible } from '../report/visible.ts';
import type { Change, Diff, Judgement } from './diff.ts';

export interface DiffLine {
  readonly mark: '+' | '-' | '~';
  /** `high LOC-01 results@reperes`. */
  readonly head: string;
  readonly details: readonly string[];
}

/** A diff in words, in no format yet: no string is markup, none can move a cursor. */
export interface DiffPage {
  readonly title: string;
  readonly intro: readonly string[];
  readonly sections: readonly { readonly heading: string; readonly lines: readonly DiffLine[] }[];
  readonly end: string;
}

export function tellDiff(diff: Diff, messages: Messages): DiffPage {
  const { gate, settings, appeared, gone, changed, unchanged } = diff;
  const section = (name: string, lines: readonly DiffLine[]) => ({
    heading: messages(`diff.${name}`, { count: lines.length }),
    lines,
  });
  return {
    title: messages('diff.title', { old: visible(diff.old.finished_at), new: visible(diff.new.finished_at) }),
    intro: [
      messages('diff.gate', {
        old: messages(`gate.verdict.${gate.old.verdict}`),
        new: messages(`gate.verdict.${gate.new.verdict}`),
      }),
      ...settings.map(({ name, old, new: now }) =>
        messages('diff.setting', {
          name: messages(`diff.setting.${name}`),
          old: visible(old),
          new: visible(now),
        }),
      ),
    ],
    sections: [
      section(
        'appeared',
        appeared.map((one) => line('+', one, messages)),
      ),
      section(
        'gone',
        gone.map((one) => line('-', one, messages)),
      ),
      section(
        'changed',
        changed.map((change) => changeLine(change, messages)),
      ),
    ].filter(({ lines }) => lines.length > 0),
    end: messages('diff.unchanged', { count: unchanged }),
  };
}

function line(mark: '+' | '-', judgement: Judgement, messages: Messages): DiffLine {
  const { message, missing } = judgement;
  return {
    mark,
    head: headOf(judgement, messages),
    details: [
      message === null
        ? messages('diff.missing', { facts: missing.map(visible).join(', ') })
        : prose(message),
    ],
  };
}

function changeLine({ old, new: now, fields }: Change, messages: Messages): DiffLine {
  return {
    mark: '~',
    head: headOf(now, messages),
    details: fields.map((field) =>
      messages('diff.field', {
        name: messages(`diff.field.${field}`),
        old: valueOf(old, field, messages),
        new: valueOf(now, field, messages),
      }),
    ),
  };
}

function headOf({ rule, subject, outcome, severity }: Judgement, messages: Messages): string {
  const what =
    outcome === 'fail'
      ? messages(`severity.${severity}`)
      : `${messages(`severity.${severity}`)}, ${messages(`outcome.${outcome}`)}`;
  return `${visible(rule)} · ${what} · ${visible(subject.id)}`;
}

function valueOf(one: Judgement, field: Change['fields'][number], messages: Messages): string {
  switch (field) {
    case 'outcome':
      return messages(`outcome.${one.outcome}`);
    case 'severity':
      return messages(`severity.${one.severity}`);
    case 'message':
      return prose(one.message ?? '');
    case 'missing':
      return one.missing.map(visible).join(', ') || '–';
    case 'waiver':
      return one.waiver === null
        ? messages('diff.not_waived')
        : messages('diff.waived', {
            by: prose(one.waiver.approved_by),
            expires: visible(one.waiver.expires),
          });
  }
}
