import * as prompts from '@clack/prompts';
import { type Ask, Cancelled, type Choice } from './ask.ts';

/** Questions at the terminal. Colours and the like follow the terminal and `NO_COLOR`. */
export function terminalAsk(words: {
  readonly choose: string;
  readonly cancelled: string;
  readonly wrong: string;
  readonly yes: string;
  readonly no: string;
}): Ask {
  prompts.updateSettings({ messages: { cancel: words.cancelled, error: words.wrong } });
  return {
    select: async (message, choices, initial) =>
      answered(
        await prompts.select({
          message,
          options: optionsOf(choices),
          showInstructions: false,
          maxItems: 10,
          ...(initial === undefined ? {} : { initialValue: initial }),
        }),
      ),
    several: async (message, choices, initial) =>
      answered(
        await prompts.multiselect({
          message: `${message} ${words.choose}`,
          options: optionsOf(choices),
          initialValues: [...initial],
          required: false,
          showInstructions: false,
          maxItems: 10,
        }),
      ),
    text: async (message, initial, check) =>
      answered(
        await prompts.text({
          message,
          initialValue: initial,
          ...(check === undefined ? {} : { validate: (answer) => check(answer ?? '') }),
        }),
      ).trim(),
    confirm: async (message, initial) =>
      answered(
        await prompts.confirm({ message, initialValue: initial, active: words.yes, inactive: words.no }),
      ),
  };
}

function optionsOf(choices: readonly Choice[]): { value: string; label: string; hint?: string }[] {
  return choices.map((choice) => ({ ...choice }));
}

function answered<T>(answer: T | typeof prompts.CANCEL_SYMBOL): T {
  if (prompts.isCancel(answer)) throw new Cancelled();
  return answer;
}
