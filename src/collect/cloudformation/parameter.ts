import { parseSourceText } from '../code/document.ts';
import { isValueTree, Open, textOf, type Value, type ValueTree } from '../code/value.ts';

/**
 * Values of a file of parameters in any of the forms that tools take: `[{ParameterKey, ParameterValue}]`,
 * `{Parameters: {…}}`, or names and values. Throws `input` for what does not parse.
 */
export function readParameters(text: string, file: string): ReadonlyMap<string, Value> {
  // A list is no template: it is read under a name of its own.
  const { tree } =
    /^\s*(?:#[^\n]*\n\s*)*[[-]/.test(text) && !/^\s*---/.test(text)
      ? parseSourceText(`List:\n${text.replace(/^/gm, ' ')}`, file)
      : parseSourceText(text, file);
  const list = tree['List'];
  const pairs = Array.isArray(list)
    ? (list as readonly Value[])
        .filter(isValueTree)
        .map((one): [string, Value] => [textOf(one['ParameterKey']) ?? '', one['ParameterValue']])
    : Object.entries(isValueTree(tree['Parameters']) ? tree['Parameters'] : tree);
  return new Map(pairs.filter(([name]) => name !== ''));
}

/** What a parameter stands for: what it is given, else its default, else nothing that a template can tell. */
export function parameterValue(name: string, declared: Value, given: ReadonlyMap<string, Value>): Value {
  const { Type, Default, NoEcho }: ValueTree = isValueTree(declared) ? declared : {};
  const type = textOf(Type) ?? 'String';
  if (textOf(NoEcho) === 'true') return new Open(`parameter ${name} is secret`);
  if (type.startsWith('AWS::SSM::Parameter'))
    return new Open(`parameter ${name} is looked up in Parameter Store when it is deployed`);
  const value = given.get(name) ?? Default;
  if (value === undefined || value === null)
    return new Open(`parameter ${name} has no value; name a file of parameters`);
  if (!/^(CommaDelimitedList|List<)/.test(type)) return value;
  return typeof value === 'string'
    ? value === ''
      ? []
      : value.split(',').map((part) => part.trim())
    : value;
}
