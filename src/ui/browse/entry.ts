import { cityText } from '../../report/describe.ts';
import type { Messages } from '../../report/message.ts';
import { type Question, questionsOf } from '../../report/question.ts';
import { plain } from '../../result/plain.ts';
import type {
  Basis,
  Finding,
  FindingPlace,
  Outcome,
  Result,
  Severity,
  Subject,
  WaiverNote,
} from '../../result/result.ts';

/** A failure that was accepted is told apart from one that was not. */
export type Status = Outcome | 'waived';
export const statuses: readonly Status[] = ['fail', 'error', 'unknown', 'waived', 'pass', 'not_applicable'];

/** One judgement of a result, as the screen lists it: a finding, or a question that only a group of unknowns tells. */
export interface Entry {
  readonly id: string;
  readonly rule: string;
  readonly title: string;
  readonly pack: string | null;
  readonly status: Status;
  readonly severity: Severity;
  readonly basis: Basis | null;
  readonly subject: Subject;
  readonly place: FindingPlace | null;
  /** The place in words; null where the judgement is of no place. */
  readonly where: string | null;
  readonly datasets: readonly string[];
  readonly operator: string | null;
  readonly waiver: WaiverNote | null;
  readonly finding: Finding | null;
  readonly question: Question | null;
}

/** Every judgement that a result tells, in its order; those not known come after those that fail. */
export function entriesOf(result: Result, messages: Messages): readonly Entry[] {
  const about = holdersOf(result);
  const bases = new Map((result.context?.rules ?? []).map(({ id, basis }) => [id, basis]));
  for (const { rule, basis } of result.findings) bases.set(rule, basis);
  const findings = result.findings.filter(({ outcome }) => outcome !== 'unknown');
  const questions = [...questionsOf(result)];
  const asked = new Set(questions.flatMap(({ finding }) => finding?.id ?? []));
  const others = result.findings.filter(({ outcome, id }) => outcome === 'unknown' && !asked.has(id));
  const entryOf = (finding: Finding, question: Question | null): Entry => {
    const { place: stored, ...holder } = about(finding.subject);
    const place = finding.place ?? stored;
    return {
      ...plain(finding),
      status: finding.outcome === 'fail' && finding.waiver !== null ? 'waived' : finding.outcome,
      place,
      where: place && cityText(place, messages),
      ...holder,
      finding,
      question,
    };
  };
  return [
    ...findings.map((finding) => entryOf(finding, null)),
    ...questions.map((question) =>
      question.finding === null ? openEntry(question) : entryOf(question.finding, question),
    ),
    ...others.map((finding) => entryOf(finding, null)),
  ];

  function openEntry(question: Question): Entry {
    const { id, rule, title, pack, severity, subject } = question;
    const basis = bases.get(rule) ?? null;
    const { place, ...holder } = about(subject);
    const common = { id, rule, pack, severity, subject, basis, place, waiver: null };
    return {
      ...common,
      title: title ?? rule,
      status: 'unknown',
      where: place && cityText(place, messages),
      ...holder,
      finding: null,
      question,
    };
  }
}

type Holder = Pick<Entry, 'datasets' | 'operator' | 'place'>;

const nobody: Holder = { datasets: [], operator: null, place: null };

/** Which data a subject is about, where it is and in whose hands, as far as the result says. */
function holdersOf({ context }: Result): (subject: Subject) => Holder {
  const names = new Map((context?.organisations ?? []).map(({ id, name }) => [id, name]));
  const stores = new Map<string, Holder>();
  for (const { id, members, operator, datasets, place } of context?.stores ?? []) {
    const holder: Holder = {
      datasets,
      operator: operator && (names.get(operator) ?? operator),
      place: context?.places[place] ?? null,
    };
    for (const member of [id, ...members]) stores.set(member, holder);
  }
  const flows = new Map((context?.flows ?? []).map(({ id, datasets }) => [id, datasets]));
  const activities = new Map((context?.activities ?? []).map(({ id, datasets }) => [id, datasets]));
  const datasets = new Set((context?.datasets ?? []).map(({ id }) => id));
  return ({ type, id }) => {
    switch (type) {
      case 'holding': {
        const [dataset, asset] = splitHolding(id, datasets);
        return { ...(stores.get(asset) ?? nobody), datasets: [dataset] };
      }
      case 'asset':
        return stores.get(id) ?? nobody;
      case 'dataset':
        return { ...nobody, datasets: [id] };
      case 'organisation':
        return { ...nobody, operator: names.get(id) ?? id };
      case 'flow':
        return { ...nobody, datasets: flows.get(id) ?? [] };
      case 'activity':
        return { ...nobody, datasets: activities.get(id) ?? [] };
      case 'audit':
        return nobody;
    }
  };
}

/** `DATASET@ASSET`: either may hold an `@`, so that a dataset that is known decides. */
function splitHolding(id: string, known: ReadonlySet<string>): readonly [dataset: string, asset: string] {
  for (let at = id.indexOf('@'); at >= 0; at = id.indexOf('@', at + 1))
    if (known.has(id.slice(0, at))) return [id.slice(0, at), id.slice(at + 1)];
  const first = id.indexOf('@');
  return first < 0 ? [id, id] : [id.slice(0, first), id.slice(first + 1)];
}
