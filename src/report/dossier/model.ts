import type { Finding, Result } from '../../result/result.ts';
import { basisText, evidenceTexts, lawTexts, placeText, waiverText } from '../describe.ts';
import type { Messages } from '../message.ts';
import type { Teller } from '../story/teller.ts';

/** A piece of a letter. What is `blank` is for the writer to fill in, and stands out. */
export type Block =
  | {
      readonly kind: 'title' | 'heading' | 'sub_heading' | 'paragraph' | 'note' | 'blank';
      readonly text: string;
    }
  | { readonly kind: 'list' | 'blanks'; readonly items: readonly string[] }
  /** A statement and, under it, all that it rests on. */
  | { readonly kind: 'fact'; readonly text: string; readonly rests: readonly string[] };

/** A letter that people edit and sign. Each statement about the world is a finding's, with its id. */
export interface Dossier {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export interface Writer extends Teller {
  readonly messages: Messages;
  /** Failures that nobody accepted, the worst first. */
  readonly failures: readonly Finding[];
}

/** Beyond this, a letter is not read: the rest is counted. */
const shownFacts = 60;
const shownQuestions = 60;

export function failuresOf({ findings }: Result): readonly Finding[] {
  return findings.filter(({ outcome, waiver }) => outcome === 'fail' && waiver === null);
}

export function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

export function blank(text: string): Block {
  return { kind: 'blank', text };
}

export function heading(text: string): Block {
  return { kind: 'heading', text };
}

/** Each failure with its date, its evidence and the texts that its rule cites. */
export function facts(writer: Writer, findings: readonly Finding[], withLaw = true): readonly Block[] {
  const { say } = writer;
  if (findings.length === 0) return [paragraph(say('dossier.no_fact'))];
  const blocks = findings.slice(0, shownFacts).map((finding) => factOf(writer, finding, withLaw));
  const left = findings.length - blocks.length;
  return left > 0 ? [...blocks, paragraph(say('dossier.more_facts', { count: left }))] : blocks;
}

function factOf(
  { say, code, prose, messages, day, result }: Writer,
  finding: Finding,
  withLaw: boolean,
): Block {
  const { place, waiver } = finding;
  const dates = [...new Set(finding.evidence.flatMap(({ at }) => (at === null ? [] : [day(at)])))];
  const hashes = [...new Set(finding.evidence.flatMap(({ sha256 }) => (sha256 === null ? [] : [sha256])))];
  const rests = [
    say('dossier.fact.rule', {
      rule: finding.rule,
      title: finding.title,
      basis: basisText(finding, messages),
    }),
    say('dossier.fact.subject', {
      type: say(`subject.${finding.subject.type}`),
      subject:
        finding.subject.label === finding.subject.id
          ? code(finding.subject.id)
          : `${code(finding.subject.label)} (${code(finding.subject.id)})`,
    }),
    place === null ? null : say('dossier.fact.place', { place: placeText(place, messages) }),
    dates.length === 0
      ? say('dossier.fact.as_of', { day: day(result.run.as_of) })
      : say('dossier.fact.observed', { days: dates.join(', ') }),
    say('dossier.fact.evidence', { evidence: evidenceTexts(finding).join(' ; ') || '–' }),
    hashes.length === 0 ? null : say('dossier.fact.hashes', { hashes: hashes.join(' ; ') }),
    withLaw && finding.law.length > 0
      ? say('dossier.fact.law', {
          law: lawTexts(finding, messages)
            .map(({ label, note }) => `${label} (${note})`)
            .join(' ; '),
        })
      : null,
    waiver === null ? null : say('dossier.fact.waiver', { waiver: waiverText(waiver, messages) }),
    say('dossier.fact.id', { id: finding.id }),
  ];
  return {
    kind: 'fact',
    text: prose(finding.message),
    rests: rests.filter((text) => text !== null).map(prose),
  };
}

/** What is not established: a fact that is missing is never told as one. */
export function questions({ say, code, result }: Writer): readonly Block[] {
  const { unknowns, coverage } = result;
  if (unknowns.length === 0 && coverage.gaps.length === 0) return [paragraph(say('dossier.no_question'))];
  const items = unknowns.slice(0, shownQuestions).map(({ subject, missing, reason, rules }) =>
    say('dossier.question', {
      subject: code(subject.label),
      facts: missing.map(code).join(', '),
      reason: say(`reason.${reason}`),
      rules: rules.join(', '),
    }),
  );
  const left = unknowns.length - items.length;
  return [
    { kind: 'list', items },
    ...(left > 0 ? [paragraph(say('dossier.more_questions', { count: left }))] : []),
    ...(coverage.gaps.length > 0 ? [paragraph(say('dossier.gaps', { count: coverage.gaps.length }))] : []),
  ];
}

/** What was examined, when, with which law and which rules: for anybody to do it again. */
export function method({ say, word, code, day, result }: Writer): readonly Block[] {
  const { run, tool } = result;
  return [
    paragraph(
      say('dossier.method', {
        version: tool.version,
        id: code(run.id),
        on: day(run.finished_at),
        day: day(run.as_of),
        policy: code(run.policy.name),
      }),
    ),
    {
      kind: 'list',
      items: [
        ...run.sources.map(({ kind, id, sha256 }) =>
          say(sha256 === null ? 'dossier.source' : 'dossier.source_hash', {
            kind: word('source', kind),
            id: code(id),
            hash: sha256 ?? '',
          }),
        ),
        say('dossier.policy_hash', { name: code(run.policy.name), hash: run.policy.sha256 }),
        ...run.packs.map(({ name, sha256 }) => say('dossier.pack_hash', { name: code(name), hash: sha256 })),
        say('dossier.catalog_hash', { day: day(run.catalog.checked_on), hash: run.catalog.sha256 }),
      ],
    },
    paragraph(say('dossier.no_guilt')),
  ];
}

/** Those who decide, as manifests declare them; a blank to fill in where none does. */
export function controllers({ context, organisation, say, list }: Writer): string {
  const names = new Set(
    (context?.activities ?? []).flatMap(({ controller }) =>
      controller === null ? [] : [organisation(controller)],
    ),
  );
  return names.size === 0 ? say('dossier.blank.controller') : list([...names]);
}

export function signature({ say }: Writer): readonly Block[] {
  return [blank(say('dossier.blank.place_date')), blank(say('dossier.blank.signature'))];
}
