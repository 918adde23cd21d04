import type { Language, Result } from '../../result/result.ts';
import type { Messages } from '../message.ts';
import { createTeller } from '../story/teller.ts';
import { access, minister, parents } from './letter.ts';
import { type Dossier, failuresOf, type Writer } from './model.ts';
import { referral } from './referral.ts';

/** Every letter, one line each. The first is the one written when only one can be. */
export const dossiers: { readonly [name: string]: ((writer: Writer) => Dossier) | undefined } = {
  referral,
  minister,
  access,
  parents,
};

export function createWriter(result: Result, language: Language, messages: Messages): Writer {
  return { ...createTeller(result, language, messages), messages, failures: failuresOf(result) };
}
