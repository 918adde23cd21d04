import type { Finding, FindingPlace, Result, Subject, WaiverNote } from '../result/result.ts';
import { cityName } from './city.ts';
import { evidenceLabel, parseRef } from './location.ts';
import type { Messages } from './message.ts';
import type { Question } from './question.ts';

/** A gate that is off is met by anything: nothing is said of it that could be taken for praise. */
export function gateState({
  verdict,
  fail_on,
}: Result['summary']['gate']): 'pass' | 'fail' | 'incomplete' | 'off' {
  return verdict === 'pass' && fail_on === 'never' ? 'off' : verdict;
}

/** `Dublin (IE)`, or what is not known of it. */
export function cityText({ city, countries, region }: FindingPlace, messages: Messages): string {
  const listed = countries
    .map((code) => (code === 'ZZ' ? messages('place.countries_unsaid') : code))
    .join(', ');
  if (listed !== '') return city === null ? listed : `${cityName(city, messages)} (${listed})`;
  if (city !== null) return `${cityName(city, messages)} (${messages('place.country_unknown')})`;
  return messages(region === null ? 'place.unknown' : 'place.country_unknown');
}

/** `Dublin (IE) · aws eu-west-1`. */
export function placeText(place: FindingPlace, messages: Messages): string {
  const host = [place.provider, place.region].filter((part) => part !== null).join(' ');
  const where = cityText(place, messages);
  return host === '' ? where : `${where} · ${host}`;
}

/** What a subject is called beside its id; empty when that says no more. */
export function titleOf({ id, label }: Subject): string {
  const end = ` (${id})`;
  return label === id ? '' : label.endsWith(end) ? label.slice(0, -end.length) : label;
}

/** Where assets are, by label: what the steps of a path are told with. */
export function placesOf({ findings, context }: Result): ReadonlyMap<string, FindingPlace> {
  const places = new Map<string, FindingPlace>();
  for (const { label, place } of context?.stores ?? []) {
    const found = context?.places[place];
    if (found) places.set(label, found);
  }
  for (const { place, path, subject } of findings) {
    const label = path.at(-1)?.to ?? (subject.type === 'asset' ? subject.id : null);
    if (place && label !== null) places.set(label, place);
  }
  return places;
}

/** How the data got there: `results → reperes (Dublin (IE)) → replica reperes-replica (Paris (FR))`. */
export function pathText(
  { path }: Finding,
  places: ReadonlyMap<string, FindingPlace>,
  messages: Messages,
): string {
  const [first] = path;
  if (!first) return '';
  const steps = path.map(({ kind, to }) => {
    const place = places.get(to);
    const where = place ? `, ${cityText(place, messages)}` : '';
    return messages(`path.${kind}`, { to: `${shortName(to)}${where}` });
  });
  return [first.from, ...steps].join(' → ');
}

/** A path is read as a sentence: of an ARN only the name of the thing is kept, whose id stands with the finding. */
function shortName(label: string): string {
  return label
    .replace(/arn:[\w-]+:iam::(\d+):root$/, '$1')
    .replace(/arn:[\w-]+:[\w-]+:[\w-]*:\d*:(?:[\w-]+[:/](?=.))?(.+)$/s, '$1');
}

/** The evidence of a finding and of its path, each once. */
export function evidenceTexts({ evidence, path }: Finding): readonly string[] {
  return [...new Set([...evidence.map(evidenceLabel), ...path.map((step) => step.evidence)])].filter(
    (text) => text !== '',
  );
}

/** `demand, contested`: what kind of duty it is. */
export function basisText(
  { basis, contested, mark }: Pick<Finding, 'basis' | 'contested' | 'mark'>,
  messages: Messages,
): string {
  const marks = [
    contested ? messages('basis.contested') : null,
    mark === 'verified' ? null : messages(`mark.${mark}`),
  ];
  return [messages(`basis.${basis}`), ...marks].filter((part) => part !== null).join(', ');
}

/** Each text with its mark, and with its kind of duty where that is not the finding's. */
export function lawTexts(
  { law, basis }: Finding,
  messages: Messages,
): readonly { readonly label: string; readonly note: string; readonly url: string | null }[] {
  return law.map((one) => {
    const mark = messages(`mark.${one.mark}`);
    return {
      label: one.label,
      url: one.url,
      note: one.basis === basis ? mark : `${messages(`basis.${one.basis}`)}, ${mark}`,
    };
  });
}

/** Why it is accepted, by whom and until when. */
export function waiverText(
  { reason, approved_by: by, approved_on: on, expires }: WaiverNote,
  messages: Messages,
): string {
  return on === null
    ? messages('waiver.by', { reason, by, expires })
    : messages('waiver.by_on', { reason, by, on, expires });
}

/** One piece of evidence as it is told, and as it was given. */
export interface ShortRef {
  readonly text: string;
  readonly ref: string;
}

/** Files first; a place in the same file as the one before is told by its line alone: `manifest.yaml:92:3, :67:3`. */
export function shorten(refs: readonly string[]): readonly ShortRef[] {
  let last: string | null = null;
  const files = refs.filter((ref) => parseRef(ref) !== null);
  return [...files, ...refs.filter((ref) => !files.includes(ref))].map((ref) => {
    const place = parseRef(ref);
    const isSame = place !== null && place.file === last;
    if (place !== null) last = place.file;
    return { ref, text: isSame ? `:${place.line ?? ''}:${place.column ?? ''}` : ref };
  });
}

/** What a finding says, with what takes its edge: a waiver, or a rule that broke. */
export function findingText({ message, waiver, outcome, subject }: Finding, messages: Messages): string {
  if (waiver) return `${message} — ${messages('waiver.statement', { note: waiverText(waiver, messages) })}`;
  return outcome === 'error' ? messages('error.statement', { subject: subject.id, message }) : message;
}

/** What is not known of a subject, in one sentence. */
export function questionText(
  { subject, missing, reason }: Pick<Question, 'subject' | 'missing' | 'reason'>,
  messages: Messages,
): string {
  return messages('unknown.statement', {
    subject: subject.id,
    missing: missing.join(', '),
    reason: messages(`reason.${reason}`),
  });
}
