import type { ClaimNote, SaidNote } from '../../result/context.ts';
import type { Teller } from './teller.ts';

export interface ToldClaim {
  readonly by: string;
  readonly when: string;
  readonly where: string;
  readonly says: readonly ToldSaying[];
}

export interface ToldSaying {
  readonly text: string;
  /** What is declared, observed or measured on the same point. */
  readonly facts: readonly string[];
  readonly stands: 'agrees' | 'differs' | 'open';
  readonly standsLabel: string;
}

/** Claims about one thing, side by side, with the findings that speak of it. */
export interface ClaimGroup {
  readonly about: string;
  readonly aboutType: string;
  readonly claims: readonly ToldClaim[];
  readonly findings: string | null;
}

export function tellClaims(teller: Teller) {
  const { context, say } = teller;
  const groups = new Map<string, ClaimNote[]>();
  for (const claim of context?.claims ?? []) {
    const key = `${claim.about.type}\0${claim.about.id}`;
    const group = groups.get(key);
    if (group) group.push(claim);
    else groups.set(key, [claim]);
  }
  return {
    available: context !== null,
    intro: say('story.claims.intro'),
    groups: [...groups.values()].map((claims) => groupOf(teller, claims)),
  };
}

function groupOf(teller: Teller, claims: readonly ClaimNote[]): ClaimGroup {
  const { say, result } = teller;
  const [{ about }] = claims as readonly [ClaimNote, ...ClaimNote[]];
  const found = result.findings.filter(
    ({ outcome, subject }) => outcome === 'fail' && subject.type === about.type && subject.id === about.id,
  );
  return {
    about: titleOf(teller, about),
    aboutType: say(`subject.${about.type}`),
    claims: claims.map((claim) => toldClaim(teller, claim)),
    findings:
      found.length === 0
        ? null
        : say('story.claims.findings', {
            count: found.length,
            rules: [...new Set(found.map(({ rule }) => rule))].join(', '),
          }),
  };
}

function titleOf(teller: Teller, { type, id, label }: ClaimNote['about']): string {
  const { context, text } = teller;
  const titles = type === 'dataset' ? context?.datasets : type === 'activity' ? context?.activities : [];
  const note = titles?.find((one) => one.id === id);
  return note ? text(note.title, label) : teller.prose(label);
}

function toldClaim(teller: Teller, { by, on, source, ref, says }: ClaimNote): ToldClaim {
  const { say, prose, day } = teller;
  const kind = source === null ? null : sourceText(teller, source);
  const published =
    kind === null
      ? ref === null
        ? say('story.claims.unsourced')
        : prose(ref)
      : ref === null
        ? kind
        : say('story.claims.where', { kind, ref });
  return {
    by: prose(by),
    when: on === null ? say('story.undated') : day(on),
    where: published,
    says: says.map((one) => toldSaying(teller, one)),
  };
}

function sourceText({ word }: Teller, source: string): string {
  return word('story.source', source);
}

function toldSaying(teller: Teller, { field, value, agrees, facts }: SaidNote): ToldSaying {
  const stands = agrees === null ? 'open' : agrees ? 'agrees' : 'differs';
  return {
    text: teller.say(`story.says.${field}`, { value: valueText(teller, field, value) }),
    facts:
      facts.length === 0
        ? [teller.say('story.claims.nothing')]
        : facts.map((fact) =>
            teller.say(`story.fact.${fact.by}`, {
              what: teller.say(`story.fact.name.${fact.name}`, {
                value: valueText(teller, fact.name, fact.value),
              }),
            }),
          ),
    stands,
    standsLabel: teller.say(`story.stands.${stands}`),
  };
}

function valueText(teller: Teller, field: string, value: SaidNote['value']): string {
  const { word, list, country, context, text, prose, day } = teller;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return teller.number(value);
  const items = typeof value === 'string' ? [value] : value;
  switch (field) {
    case 'place':
      return list(items.map(country));
    case 'contains':
    case 'categories': {
      const labels = new Map(context?.categories.map(({ id, label }) => [id, label]));
      return list(items.map((id) => text(labels.get(id) ?? {}, id)));
    }
    case 'identifiability':
      return list(items.map((item) => word('story.identifiability', item)));
    case 'key_manager':
      return list(items.map((item) => word('story.key_manager', item)));
    default:
      return list(items.map((item) => (/^\d{4}-/.test(item) ? day(item) : prose(item))));
  }
}
