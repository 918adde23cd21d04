import type { Position } from '../../error.ts';
import type { SourceText } from '../code/document.ts';
import { at, isValueTree, textOf, type Value } from '../code/value.ts';
import { isMacro } from './loop.ts';
import type { Template } from './template.ts';

/** What a template leaves to something that is not in it. */
export interface Unread {
  /** A logical name, or what the template itself is put through. */
  readonly name: string;
  readonly why: string;
  readonly where: Position;
}

/** Transforms of CloudFormation's own that bring no store from elsewhere. */
const PLAIN = /^AWS::(Serverless|LanguageExtensions|CodeDeployBlueGreen|SecretsManager)\b/;

const NESTED: { readonly [type: string]: string } = {
  'AWS::CloudFormation::Stack': 'TemplateURL',
  'AWS::Serverless::Application': 'Location',
  'AWS::ServiceCatalog::CloudFormationProvisionedProduct': 'ProductName',
  'AWS::CloudFormation::StackSet': 'TemplateURL',
};

/** Macros, included files, nested stacks, modules: what they make is not known to be harmless. */
export function unreadOf({ tree, positionOf }: SourceText, { resources }: Template): readonly Unread[] {
  const macros = transformsOf(tree['Transform'])
    .filter((name) => !PLAIN.test(name))
    .map((name) => ({
      name,
      why: `the macro ${name} rewrites the template`,
      where: positionOf(['Transform']),
    }));
  const declared = isValueTree(tree['Resources']) ? Object.entries(tree['Resources']) : [];
  const included = declared
    .filter(([name, body]) => isMacro(name, body))
    .map(([name]) => ({
      name,
      why: 'a macro writes these resources',
      where: positionOf(['Resources', name]),
    }));
  const nested = [...resources.values()].flatMap(({ logical, type, properties, where }) => {
    const source = Object.hasOwn(NESTED, type) ? NESTED[type] : undefined;
    if (source === undefined && !type.endsWith('::MODULE')) return [];
    const from = source === undefined ? type : (textOf(at(properties, source)) ?? 'a template');
    return [{ name: logical, why: `what it deploys is written elsewhere: ${from}`, where }];
  });
  return [...macros, ...included, ...nested];
}

function transformsOf(value: Value): readonly string[] {
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap(transformsOf);
  const name = textOf(value) ?? textOf(at(value, 'Name')) ?? textOf(at(value, 'Fn::Transform', 'Name'));
  return name === null ? [] : [name];
}
