import type { Missing, Result, Subject, UnknownFinding } from '../result/result.ts';
import { keysOf, manifestField } from './field.ts';
import type { Messages } from './message.ts';

/** The keys of a subject that actions are told with: see `manifestField`. */
export function whoseKeys({ type, id }: Subject): string {
  return keysOf(type, id);
}

/** How a missing fact may be supplied: the shape that the evaluation asks for. */
type How = (missing: Missing, finding: UnknownFinding) => string;

type GateReason = (
  verdict: Result['summary']['gate']['verdict'],
  counts: {
    readonly failing: number;
    readonly undecided: number;
    readonly gaps: number;
    readonly failOn: string;
    readonly unknown: string;
  },
) => string;

/** One action in words for each missing fact. The same action for several facts is the same text. */
export function howText(messages: Messages): How {
  return (missing, finding) => {
    const { fact, reason, permission } = missing;
    const { subject, place, rule } = finding;
    if (fact === 'attestation') return messages('how.attestation', { rule });
    if (/(^|\.)measured(\.|$)/.test(fact)) return messages('how.measure', { fact });
    const field = manifestField(fact, subject);
    switch (reason) {
      case 'denied':
        return permission === undefined
          ? messages('how.denied_unnamed', { fact })
          : messages('how.denied', { permission });
      case 'error':
        return isPlace(fact) && place?.region
          ? regionText(place.provider, place.region)
          : messages('how.error', { fact });
      case 'not_collected':
        return notCollected(fact, field);
      case 'asked':
        return field === null
          ? messages('how.asked_unnamed', { fact })
          : messages('how.asked', { who: messages(whoCanSay(field)), field });
      case 'not_asked':
        return notAsked(fact, field);
    }
  };

  function regionText(provider: string | null, region: string): string {
    return provider === null
      ? messages('how.provider_unknown', { region })
      : messages('how.region_unknown', { provider, region });
  }

  function notAsked(fact: string, field: string | null): string {
    if (field === null) return messages('how.not_asked_unnamed', { fact });
    const missing = /^assets\.…\.(.+)$/.exec(field)?.[1];
    return missing === undefined
      ? messages('how.not_asked', { field })
      : messages('how.undeclared', { field: missing });
  }

  function notCollected(fact: string, field: string | null): string {
    if (field?.endsWith('.holds')) return messages('how.unclassified');
    if (isPlace(fact)) return messages('how.place_not_collected');
    return messages('how.not_collected', { fact });
  }
}

function isPlace(fact: string): boolean {
  return /(^|\.)place(\.|$)/.test(fact);
}

/** Who could answer, by where the answer is written; the first that fits. */
const answerers: readonly (readonly [RegExp, string])[] = [
  [/^organisations\.[^.]+\.(contract|authorised|due_diligence|transfer|offers)\b/, 'who.contract'],
  [/^organisations\./, 'who.organisation'],
  [/^assets\.[^.]+\.(holds|processes|match)\b/, 'who.controller'],
  [/^assets\./, 'who.operator'],
  [/\.public_archive\b/, 'who.archives'],
  [/^datasets\./, 'who.dataset'],
  [/^(activities|flows)\./, 'who.dpo'],
];

/** The key of the message that names who could answer. */
export function whoCanSay(field: string): string {
  return answerers.find(([pattern]) => pattern.test(field))?.[1] ?? 'who.controller';
}

/** Why the gate decided as it did, in one line. */
export function gateReason(messages: Messages): GateReason {
  return (verdict, { failing, undecided, gaps, failOn, unknown }) => {
    if (failOn === 'never')
      return verdict === 'incomplete' ? messages('gate.never_incomplete', { gaps }) : messages('gate.never');
    const level = messages(`severity.${failOn}`);
    if (verdict === 'fail') return messages('gate.fail', { failing, level, undecided });
    if (verdict === 'incomplete') {
      return messages('gate.incomplete', {
        level,
        undecided,
        gaps,
        both: undecided > 0 && gaps > 0 ? 'yes' : 'no',
      });
    }
    return messages(unknown === 'none' ? 'gate.pass_unknown_ignored' : 'gate.pass', { level });
  };
}
