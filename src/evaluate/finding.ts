import { hash } from 'node:crypto';
import type { Catalog } from '../catalog/catalog.ts';
import type { Evidence } from '../inventory/fact.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { PathStep, Text } from '../inventory/noun.ts';
import type { Finding, FindingPlace, Language, LawReference } from '../result/result.ts';
import type { Judgement, Rule } from '../rule/rule.ts';
import { say, textIn } from '../rule/say.ts';
import type { subjectNamer } from './subject.ts';
import type { Ready, RuleVerdict } from './verdict.ts';
import { get, type View } from './view/context.ts';
import type { Judged } from './view/scope.ts';

interface FindingInput extends RuleVerdict {
  readonly ready: Ready;
  readonly judged: Judged;
  readonly scope: View;
}

interface Setting {
  readonly inventory: Inventory;
  readonly catalog: Catalog;
  readonly language: Language;
  readonly asOf: string;
  readonly name: ReturnType<typeof subjectNamer>;
}

/** What all findings of a rule share. */
interface Shared
  extends Pick<Finding, 'rule' | 'name' | 'title' | 'pack' | 'basis' | 'mark' | 'contested' | 'why' | 'law'> {
  /** Facts that the rule reads of an asset, as sources name them. */
  readonly reads: (fact: string) => boolean;
}

/** Evidence of the relations that lead to each asset. */
function incomingEvidence({ assets }: Inventory): ReadonlyMap<string, readonly Evidence[]> {
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

/** Puts verdicts in words, with what they rest on. What does not change from subject to subject is made once a rule. */
export function createDescriber(setting: Setting): (input: FindingInput) => Finding {
  const { inventory, language, catalog, asOf, name } = setting;
  const incoming = incomingEvidence(inventory);
  const known = new Map<Ready, Shared>();
  const sharedOf = (ready: Ready): Shared => {
    const { rule } = ready;
    const { source, id, pack } = rule;
    const { basis } = source;
    return {
      rule: id,
      name: source.name,
      title: textIn(source.title, language) ?? id,
      pack,
      basis: basis.type,
      mark: basis.mark,
      contested: basis.contested ?? false,
      why: textIn(source.why, language),
      law: lawOf(rule, catalog, language, asOf),
      reads: readsOf(ready.judgement),
    };
  };
  return (input) => {
    const { ready, judged, verdict, severity, evidence, scope } = input;
    const { reads, ...shared } = known.get(ready) ?? sharedOf(ready);
    known.set(ready, { reads, ...shared });
    const { subject, canonical, manifest } = name(judged);
    return {
      id: fingerprint(shared.rule, subject.type, manifest, canonical),
      rule: shared.rule,
      name: shared.name,
      title: shared.title,
      pack: shared.pack,
      outcome: verdict.outcome,
      severity,
      basis: shared.basis,
      mark: shared.mark,
      contested: shared.contested,
      subject,
      place: placeOf(judged, inventory),
      message: messageOf(input, language),
      why: shared.why,
      missing: verdict.missing,
      path: pathOf(judged),
      evidence: [
        ...evidenceOf(judged, inventory, incoming, reads),
        ...samplesOf(judged, inventory, ready.judgement),
        ...evidence,
      ],
      law: shared.law,
      fix: fixOf(ready.rule.source.fix, scope, language),
      waiver: null,
    };
  };
}

/** Which facts of an asset the conditions read. */
function readsOf({ when, assert }: Judgement): (fact: string) => boolean {
  const read = new Set(
    [...(when?.facts ?? []), ...assert.facts].map((fact) => fact.replace(/^(holding\.)?asset\./, '')),
  );
  const known = new Map<string, boolean>();
  return (name) => {
    const found =
      known.get(name) ??
      [...read].some(
        (fact) =>
          fact === name ||
          fact.startsWith(`${name}.`) ||
          name.startsWith(`${fact}.`) ||
          (fact.startsWith('place.') && name.startsWith('place.')),
      );
    known.set(name, found);
    return found;
  };
}

/** Stable across runs, machines, line moves and reordering: 16 bytes of a SHA-256, in hexadecimal. */
export function fingerprint(rule: string, type: string, manifest: string, canonical: string): string {
  return hash('sha256', [rule, type, manifest, canonical].join('\0')).slice(0, 32);
}

function messageOf({ ready, scope, verdict }: FindingInput, language: Language): string {
  const { rule, judgement } = ready;
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
  { assets, datasets }: Inventory,
  incoming: ReadonlyMap<string, readonly Evidence[]>,
  reads: (fact: string) => boolean,
): readonly Evidence[] {
  if (judged.thing === null) return [];
  if (judged.target !== 'holding' && judged.target !== 'asset') return judged.thing.evidence;
  const asset = judged.target === 'holding' ? get(assets, judged.thing.asset) : judged.thing;
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
