import { BercailError } from '../../error.ts';
import type { CommandContext } from '../context.ts';
import type { Ask } from './ask.ts';

/** Somebody to ask, or `null` where all answers are to come from options. */
export async function asking({ ask }: CommandContext, isYes: boolean, command: string): Promise<Ask | null> {
  if (isYes) return null;
  if (ask) return ask();
  throw new BercailError('usage', {
    message: `${command} asks questions, and there is no terminal to ask on`,
    hint: `answer with options: \`bercail help ${command}\` lists them; --yes takes the defaults of the others`,
  });
}
