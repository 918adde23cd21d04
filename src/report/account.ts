import type { InputAccount } from '../inventory/account.ts';
import type { Coverage } from '../result/result.ts';
import type { Messages } from './message.ts';

const FILES = 10;
const NAMES = 3;

/** One line a file of infrastructure code, the first of many: what it defines = what is an asset + what is not. */
export function accountLines(
  inputs: readonly InputAccount[],
  messages: Messages,
  name: (text: string) => string,
): readonly string[] {
  const shown = inputs.length <= FILES + 1 ? inputs : inputs.slice(0, FILES);
  const rest = inputs.slice(shown.length);
  const sum = (of: (one: InputAccount) => number): number => rest.reduce((total, one) => total + of(one), 0);
  const lines = shown.map(({ file, defined, assets, left_out, data_sources }) =>
    messages('accounting.input', {
      file: name(file),
      defined,
      assets,
      data_sources,
      left: left_out
        .map(({ reason, count, names }) =>
          messages(`accounting.left.${reason}`, { count, names: someOf(names, count, messages, name) }),
        )
        .join(''),
    }),
  );
  if (rest.length === 0) return lines;
  const [defined, assets] = [sum((one) => one.defined), sum((one) => one.assets)];
  return [
    ...lines,
    messages('accounting.inputs_more', { count: rest.length, defined, assets, left: defined - assets }),
  ];
}

/** Assets = where they come from = what became of them: two sums that a person can check. */
export function assetsLine(
  { assets, evaluated, not_applicable, origins }: Coverage,
  messages: Messages,
): string {
  const became = messages('accounting.assets_sum', { assets, evaluated, not_applicable });
  return origins === undefined
    ? became
    : `${messages('accounting.assets_from', { assets, ...origins })} · ${became}`;
}

function someOf(
  names: readonly string[],
  count: number,
  messages: Messages,
  name: (text: string) => string,
): string {
  if (names.length === 0) return '';
  const shown = names.length <= NAMES + 1 ? names : names.slice(0, NAMES);
  const more = count - shown.length;
  const text = shown.map(name).join(', ');
  return ` (${more > 0 ? `${text} ${messages('more.count', { count: more })}` : text})`;
}
