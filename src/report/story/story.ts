import type { Language, Result } from '../../result/result.ts';
import type { Messages } from '../message.ts';
import { tellAccounting } from './accounting.ts';
import { tellAnswer } from './answer.ts';
import { tellChain } from './chain.ts';
import { tellClaims } from './claim.ts';
import { tellDuties, tellErrors, tellShown } from './duty.ts';
import { tellFlows } from './flow.ts';
import { tellMeasures } from './measure.ts';
import { tellMethod } from './method.ts';
import { tellPlaces } from './place.ts';
import { createTeller } from './teller.ts';
import type { Limits } from './told.ts';
import { tellUnknowns } from './unknown.ts';

export type Story = ReturnType<typeof tellStory>;

/**
 * A result as people read it, in no format yet: every string is in the reader's language and typeset, no string is
 * markup. Formats decide what it looks like and never what is said.
 */
export function tellStory(result: Result, language: Language, messages: Messages, limits: Limits) {
  const teller = createTeller(result, language, messages);
  const { say } = teller;
  const answer = tellAnswer(teller);
  const duties = tellDuties(teller, messages, limits);
  return {
    language,
    /** Language of the texts that the audit wrote: findings, remedies. */
    textLanguage: result.run.language,
    say,
    ...answer,
    places: tellPlaces(teller, limits),
    flows: tellFlows(teller, limits),
    chain: tellChain(teller),
    duties,
    shownNote: tellShown(teller, duties),
    errors: tellErrors(teller, messages, limits),
    claims: tellClaims(teller),
    measures: tellMeasures(teller),
    unknowns: tellUnknowns(teller, limits),
    accounting: tellAccounting(teller, limits),
    method: tellMethod(teller),
  };
}
