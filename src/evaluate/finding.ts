import { createHash } from 'node:crypto';
import type { Catalog } from '../catalog/catalog.ts';
import type { Evidence } from '../inventory/fact.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { PathStep, Text } from '../inventory/noun.ts';
import type { Finding, FindingPlace, Language, LawReference, Severity } from '../result/result.ts';
import type { Verdict } from '../rule/judge.ts';
import type { Judgement, Rule } from '../rule/rule.ts';
import { say, textIn } from '../rule/say.ts';
import type { subjectNamer } from './subject.ts';
import { get, type View } from './view/context.ts';
import type { Judged } from './view/scope.ts';

export interface FindingInput {
  readonly rule: Rule;
  readonly judgement: Judgement;
  readonly judged: Judged;
  readonly scope: View;
  readonly verdict: Verdict;
  readonly severity: Severity;
  readonly evidence: readonly Evidence[];
}

interface Setting {
  readonly inventory: Inventory;
  readonly catalog: Catalog;
  readonly language: Language;
  readonly asOf: string;
  readonly name: ReturnType<typeof subjectNamer>;
  /** What shows that an asset is reached by copies. */
  readonly incoming: ReadonlyMap<string, readonly Evidence[]>;
}

/** Evidence of the relations that lead to each asset. */
export function incomingEvidence({ assets }: Inventory): ReadonlyMap<string, readonly Evidence[]> {
  const incoming = new Map<string, Evidence[]>();
  for (const { relations } of assets.values()) {
    for (const { to, evidence } of relations) {
      const list = incoming.get(to);
      if (list) list.push(evidence);
      else incoming.set(to, [evidence]);
    }
  }
  return incoming;
}

/** Puts a verdict in words, with what it rests on. */
export function describeFinding(input: FindingInput, setting: Setting): Finding {
  const { rule, judged, scope, verdict, severity, evidence } = input;
  const { language, catalog, asOf } = setting;
  const { source } = rule;
  const { subject, canonical, manifest } = setting.name(judged);
  const { basis } = source;
  return {
    id: fingerprint(rule.id, subject.type, manifest, canonical),
    rule: rule.id,
    name: source.name,
    title: textIn(source.title, language) ?? rule.id,
    pack: rule.pack,
    outcome: verdict.outcome,
    severity,
    basis: basis.type,
    mark: basis.mark,
    contested: basis.contested ?? false,
    subject,
    place: placeOf(judged, setting.inventory),
    message: messageOf(input, language),
    why: textIn(source.why, language),
    missing: verdict.missing,
    path: pathOf(judged),
    evidence: [
      ...evidenceOf(judged, setting, input.judgement),
      ...samplesOf(judged, setting.inventory, input.judgement),
      ...evidence,
    ],
    law: lawOf(rule, catalog, language, asOf),
    fix: fixOf(source.fix, scope, language),
    waiver: null,
  };
}

/** Stable across runs, machines, line moves and reordering: 16 bytes of a SHA-256, in hexadecimal. */
export function fingerprint(rule: string, type: string, manifest: string, canonical: string): string {
  return createHash('sha256').update([rule, type, manifest, canonical].join('\0')).digest('hex').slice(0, 32);
}

function messageOf({ rule, judgement, scope, verdict }: FindingInput, language: Language): string {
  const { outcome, error, missing } = verdict;
  const { labels, title } = rule.source;
  if (outcome === 'error') return error ?? '';
  const template =
    outcome === 'fail'
      ? judgement.message(language)
      : outcome === 'pass'
        ? judgement.messagePass(language)
        : null;
  if (template) return say(template, judgement.worded(scope), language, labels);
  const statement = textIn(title, language) ?? rule.id;
  return missing.length === 0 ? statement : `${statement} — ${missing.map(({ fact }) => fact).join(', ')} ?`;
}

export function placeOf(judged: Judged, { assets }: Inventory): FindingPlace | null {
  const asset =
    judged.target === 'holding'
      ? assets.get(judged.thing.asset)
      : judged.target === 'asset'
        ? judged.thing
        : judged.target === 'flow'
          ? assets.get(judged.thing.to)
          : undefined;
  if (!asset) return null;
  const { provider, region, city, countries } = asset.place;
  return { provider, region, city, countries };
}

function pathOf(judged: Judged): readonly PathStep[] {
  return judged.target === 'holding' ? judged.thing.path : [];
}

/** Where the subject is declared, how it was reached, and what gave the facts that the rule reads. */
function evidenceOf(
  judged: Judged,
  { inventory: { assets, datasets }, incoming }: Setting,
  { when, assert }: Judgement,
): readonly Evidence[] {
  if (judged.thing === null) return [];
  if (judged.target !== 'holding' && judged.target !== 'asset') return judged.thing.evidence;
  const asset = judged.target === 'holding' ? get(assets, judged.thing.asset) : judged.thing;
  const read = new Set(
    [...(when?.facts ?? []), ...assert.facts].map((fact) => fact.replace(/^(holding\.)?asset\./, '')),
  );
  const reads = (name: string): boolean =>
    [...read].some(
      (fact) =>
        fact === name ||
        fact.startsWith(`${name}.`) ||
        name.startsWith(`${fact}.`) ||
        (fact.startsWith('place.') && name.startsWith('place.')),
    );
  const facts = [...asset.facts].filter(([name]) => reads(name)).flatMap(([, fact]) => fact.evidence ?? []);
  const copies = judged.target === 'holding' && judged.thing.derived ? (incoming.get(asset.id) ?? []) : [];
  const written = asset.evidence.filter(({ source }) => source === 'manifest');
  const dataset = judged.target === 'holding' ? get(datasets, judged.thing.dataset).evidence : [];
  const found = unique([...written, ...dataset, ...copies, ...facts]);
  return found.length > 0 ? found : asset.evidence.slice(0, 1);
}

/** The samples whose measures the rule reads: the file, by its hash. */
function samplesOf(
  judged: Judged,
  { measured }: Inventory,
  { when, assert }: Judgement,
): readonly Evidence[] {
  if (judged.target !== 'holding' && judged.target !== 'dataset') return [];
  const facts = measured.get(judged.target === 'holding' ? judged.thing.dataset : judged.thing.id);
  const read = [...(when?.facts ?? []), ...assert.facts].filter((fact) => fact.startsWith('measured.'));
  return unique(
    read.flatMap((fact) => facts?.get(fact.split('.')[1]?.replace('[]', '') ?? '')?.evidence ?? []),
  );
}

function unique(evidence: readonly Evidence[]): readonly Evidence[] {
  return [
    ...new Map(
      evidence.map((one) => [`${one.source}\0${one.ref}\0${one.operation}\0${one.sha256}`, one]),
    ).values(),
  ];
}

/** The texts in force on the audit's day; when none is known to be, all that the rule names. */
export function lawOf(
  rule: Rule,
  catalog: Catalog,
  language: Language,
  asOf: string,
): readonly LawReference[] {
  const current = rule.law.filter(({ id }) => catalog.lawOn(id, asOf) !== false);
  return (current.length > 0 ? current : rule.law).map(({ id, basis }) => {
    const entry = catalog.law(id);
    return {
      id,
      label: entry ? (textIn(entry.label, language) ?? id) : id,
      url: entry?.url ?? null,
      basis: basis ?? entry?.basis ?? rule.source.basis.type,
      mark: entry?.mark ?? 'to_verify',
    };
  });
}

function fixOf(fix: Rule['source']['fix'], scope: View, language: Language): string | null {
  const general = fix[language];
  const provider = (scope['place'] as View | null | undefined)?.['provider'];
  const family = typeof provider === 'string' ? provider.split('-')[0] : undefined;
  const specific = family !== undefined && family !== 'fr' && family !== 'en' ? fix[family] : undefined;
  const parts = [general, specific]
    .map((text: string | Text | undefined) => textIn(text, language))
    .filter((text) => text !== null);
  return parts.length === 0 ? null : parts.join(' ');
}
