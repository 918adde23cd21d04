import { BercailError } from '../../error.ts';
import { isValueTree, items, textOf, type Value, type ValueTree } from '../code/value.ts';

export interface Entry {
  readonly logical: string;
  readonly body: Value;
  /** The key that it stands under in the file. */
  readonly key: string;
}

/**
 * Resources with `Fn::ForEach` written out. A loop over what is known only when it is deployed gives one entry, named as
 * the loop's own template is. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function expandLoops(
  declared: ValueTree,
  evaluate: (expression: Value) => Value,
  left = 4,
  budget = { entries: 10_000 },
): readonly Entry[] {
  return Object.entries(declared).flatMap(([key, body]): readonly Entry[] => {
    budget.entries -= 1;
    if (budget.entries < 0)
      throw new BercailError('input', {
        message: 'the loops of this template make too many resources',
        hint: 'at most 10,000',
      });
    if (!key.startsWith('Fn::ForEach::') || !Array.isArray(body) || left <= 0)
      return [{ logical: key, body, key }];
    const [identifier, collection, template] = body as readonly Value[];
    const name = textOf(identifier);
    if (name === null || !isValueTree(template)) return [{ logical: key, body, key }];
    const values = items(evaluate(collection))
      .map(textOf)
      .filter((one) => one !== null);
    const bodies =
      values.length === 0 ? [template] : values.slice(0, 1000).map((value) => replace(template, name, value));
    return bodies.flatMap((one) =>
      expandLoops(one, evaluate, left - 1, budget).map((entry) => ({ ...entry, key })),
    );
  });
}

function replace(tree: ValueTree, name: string, value: string): ValueTree {
  const walk = (one: Value): Value => {
    if (typeof one === 'string') return put(one);
    if (Array.isArray(one)) return (one as readonly Value[]).map(walk);
    if (!isValueTree(one)) return one;
    const keys = Object.keys(one);
    if (keys.length === 1 && keys[0] === 'Ref' && one['Ref'] === name) return value;
    return Object.fromEntries(Object.entries(one).map(([key, part]) => [put(key), walk(part)]));
  };
  const put = (text: string): string =>
    text.replaceAll(`\${${name}}`, value).replaceAll(`&{${name}}`, value.replace(/[^A-Za-z0-9]/g, ''));
  return Object.fromEntries(Object.entries(tree).map(([key, part]) => [put(key), walk(part)]));
}

/** `Fn::Transform` in the place of a resource, or of a set of them. */
export function isMacro(name: string, body: Value): boolean {
  return (
    name === 'Fn::Transform' ||
    (isValueTree(body) && Object.hasOwn(body, 'Fn::Transform') && !('Type' in body))
  );
}
