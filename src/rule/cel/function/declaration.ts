import type { TypeName } from '../type.ts';

/**
 * A function that expressions may call. It is not called while an argument is unknown or broken, nor with a
 * list that is only partly known; a record that it is given may hold missing values, which it answers for
 * by returning `toUnknown(value, path(0) + '.field')`, or a bare `MissingValue` to be named by the call itself.
 */
export interface Declaration {
  readonly name: string;
  /** Written `x.name(y)`, `x` being the first parameter. */
  readonly method?: boolean;
  /** `T?` also accepts null; for any other parameter a null argument breaks the evaluation. */
  readonly params: readonly TypeName[];
  readonly result: TypeName;
  /**
   * Returns a value, an Unknown or a CelError; what it throws becomes a CelError.
   * `path` names an argument as the rule wrote it.
   */
  readonly call: (args: readonly unknown[], path: (index: number) => string) => unknown;
}
