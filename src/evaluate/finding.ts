import { hash } from 'node:crypto';
import type { Catalog } from '../catalog/catalog.ts';
import type { Evidence } from '../inventory/fact.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { PathStep, Text } from '../inventory/noun.ts';
import { plain } from '../result/plain.ts';
import type { Finding, FindingPlace, Language, LawReference, Subject } from '../result/result.ts';
import type { Verdict } from '../rule/judge.ts';
import type { Rule } from '../rule/rule.ts';
import { say, textIn } from '../rule/say.ts';
import { createWitness } from './evidence.ts';
import type { subjectNamer } from './subject.ts';
import { type Rename, renamed } from './unknown.ts';
import type { Ready, RuleVerdict } from './verdict.ts';
import type { View } from './view/context.ts';
import type { Judged } from './view/scope.ts';

interface FindingInput {
  readonly said: RuleVerdict;
  readonly ready: Ready;
  readonly judged: Judged;
  readonly subject: Subject;
  /** Set where what is missing stands in the names of another subject. */
  readonly rename: Rename | null;
}

interface Setting {
  readonly inventory: Inventory;
  readonly catalog: Catalog;
  readonly language: Language;
  readonly asOf: string;
  readonly name: ReturnType<typeof subjectNamer>;
  /** What the conditions and the message of a rule see of a subject. */
  readonly scope: (judged: Judged, ready: Ready) => View;
}

/** What all findings of a rule share. */
type Shared = Pick<
  Finding,
  'rule' | 'name' | 'title' | 'pack' | 'basis' | 'mark' | 'contested' | 'why' | 'law'
>;

/**
 * Puts verdicts in words, with what they rest on, when somebody reads them: of a large estate most findings are only
 * counted. What does not change from subject to subject is made once a rule.
 */
export function createDescriber(setting: Setting): (input: FindingInput) => Finding {
  const shared = new Map<Ready, Shared>();
  const told = { ...setting, witness: createWitness(setting.inventory) };
  return (input) => {
    const known = shared.get(input.ready) ?? sharedOf(input.ready, setting);
    shared.set(input.ready, known);
    return new ReadFinding(input, known, told);
  };
}

interface Told extends Setting {
  readonly witness: ReturnType<typeof createWitness>;
}

/** A finding that keeps what it is made of. Nothing is kept of what is read: a report reads each field once. */
class ReadFinding implements Finding {
  readonly #said: RuleVerdict;
  readonly #ready: Ready;
  readonly #judged: Judged;
  readonly #subject: Subject;
  readonly #rename: Rename | null;
  readonly #shared: Shared;
  readonly #told: Told;

  constructor({ said, ready, judged, subject, rename }: FindingInput, shared: Shared, told: Told) {
    this.#said = said;
    this.#ready = ready;
    this.#judged = judged;
    this.#subject = subject;
    this.#rename = rename;
    this.#shared = shared;
    this.#told = told;
  }

  get id(): string {
    const { canonical, manifest } = this.#told.name(this.#judged);
    return fingerprint(this.#shared.rule, this.subject.type, manifest, canonical);
  }
  get rule(): string {
    return this.#shared.rule;
  }
  get name(): string {
    return this.#shared.name;
  }
  get title(): string {
    return this.#shared.title;
  }
  get pack(): string {
    return this.#shared.pack;
  }
  get outcome(): Finding['outcome'] {
    return this.#said.verdict.outcome;
  }
  get severity(): Finding['severity'] {
    return this.#said.severity;
  }
  get basis(): Finding['basis'] {
    return this.#shared.basis;
  }
  get mark(): Finding['mark'] {
    return this.#shared.mark;
  }
  get contested(): boolean {
    return this.#shared.contested;
  }
  get subject(): Subject {
    return this.#subject;
  }
  get place(): FindingPlace | null {
    return placeOf(this.#judged, this.#told.inventory);
  }
  get message(): string {
    const { outcome, error } = this.#said.verdict;
    return messageOf({ outcome, error, missing: this.missing }, this.#ready, this.#judged, this.#told);
  }
  get why(): string | null {
    return this.#shared.why;
  }
  get missing(): Finding['missing'] {
    const { missing } = this.#said.verdict;
    return this.#rename === null ? missing : renamed(missing, this.#rename);
  }
  get path(): readonly PathStep[] {
    const { target, thing } = this.#judged;
    return target === 'holding' ? thing.path : [];
  }
  get evidence(): readonly Evidence[] {
    return [...this.#told.witness(this.#judged, this.#ready.judgement), ...this.#said.evidence];
  }
  get law(): readonly LawReference[] {
    return this.#shared.law;
  }
  get fix(): string | null {
    return fixOf(this.#ready, this.#judged, this.#told);
  }

  get waiver(): null {
    return null;
  }

  toJSON(): Finding {
    return plain(this);
  }
}

function sharedOf({ rule }: Ready, { catalog, language, asOf }: Setting): Shared {
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
  };
}

/** Stable across runs, machines, line moves and reordering: 16 bytes of a SHA-256, in hexadecimal. */
export function fingerprint(rule: string, type: string, manifest: string, canonical: string): string {
  return hash('sha256', [rule, type, manifest, canonical].join('\0')).slice(0, 32);
}

function messageOf(
  { outcome, error, missing }: Verdict,
  ready: Ready,
  judged: Judged,
  { scope, language }: Setting,
): string {
  const { rule, judgement } = ready;
  const { labels, title } = rule.source;
  if (outcome === 'error') return error ?? '';
  const template =
    outcome === 'fail'
      ? judgement.message(language)
      : outcome === 'pass'
        ? judgement.messagePass(language)
        : null;
  if (template) return say(template, judgement.worded(scope(judged, ready)), language, labels);
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

function fixOf(ready: Ready, judged: Judged, { scope, language }: Setting): string | null {
  const { fix } = ready.rule.source;
  const general = fix[language];
  const provider = (scope(judged, ready)['place'] as View | null | undefined)?.['provider'];
  const family = typeof provider === 'string' ? provider.split('-')[0] : undefined;
  const specific =
    family !== undefined && family !== 'fr' && family !== 'en' && Object.hasOwn(fix, family)
      ? fix[family]
      : undefined;
  const parts = [general, specific]
    .map((text: string | Text | undefined) => textIn(text, language))
    .filter((text) => text !== null);
  return parts.length === 0 ? null : parts.join(' ');
}
