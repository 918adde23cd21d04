import { BercailError } from '../../error.ts';
import { isTree, type Tree } from '../../inventory/fact.ts';
import type { Observation } from '../../inventory/observation.ts';
import { readText } from '../../io/file.ts';
import { formatPosition, readSourceText } from '../code/document.ts';
import { announceFile, labelOf, takeId } from '../code/label.ts';
import { account, unread } from '../code/observe.ts';
import type { CollectContext, Collector, Job, Options } from '../collector.ts';
import { listOption, textOption } from '../option.ts';
import { observeTemplate } from './observe.ts';
import { readParameters } from './parameter.ts';
import { readTag } from './tag.ts';
import { openTemplate } from './template.ts';
import { unreadOf } from './unread.ts';

const KIND = 'cloudformation';

/**
 * A CloudFormation or SAM template. Options: template, parameters (a file), region or regions (of a stack set), account,
 * stack (a name for it; default: its file), tags (of the stack).
 */
export const cloudformationCollector: Collector = {
  kind: KIND,
  plan: async (options, context) => {
    announceFile(context, KIND, templateOf(options), textOption(options, 'stack'));
    const job: Job = {
      source: KIND,
      account: textOption(options, 'account'),
      region: textOption(options, 'region'),
      service: 'template',
      facts: [],
      options,
    };
    return { jobs: [job], observations: [] };
  },
  run: readTemplate,
};

async function* readTemplate({ options }: Job, context: CollectContext): AsyncGenerator<Observation> {
  const file = templateOf(options);
  const source = await readSourceText(file, { tags: readTag });
  const parameters = textOption(options, 'parameters');
  const given =
    parameters === null ? new Map() : readParameters((await readText(parameters)).text, parameters);
  const region = textOption(options, 'region');
  const stack = textOption(options, 'stack');
  const deployment = {
    regions: listOption(options, 'regions') ?? (region === null ? [] : [region]),
    account: textOption(options, 'account'),
    stack,
  };
  const template = openTemplate(source, given, deployment);
  const label = labelOf(context, KIND, file, stack);
  for (const { logical, where } of template.resources.values())
    takeId(
      context,
      KIND,
      `${label}#${logical}`,
      `${where.file}:${where.line}:${where.column}`,
      'give each deployment a `stack` of its own in bercail.yaml',
    );
  const origin = { source: KIND, file, sha256: source.sha256, at: context.clock() };
  yield account(origin, {
    defined: template.defined,
    assets: template.resources.size,
    leftOut: template.leftOut,
    because: 'condition',
  });
  for (const { name, why, where } of unreadOf(source, template))
    yield unread(origin, `${label}#${name}/*`, why, formatPosition(where));
  yield* observeTemplate(origin, {
    template,
    deployment,
    label,
    tags: tagsOption(options),
    tagKeys: context.tagKeys,
  });
}

function templateOf(options: Options): string {
  const file = textOption(options, 'template');
  if (file === null)
    throw new BercailError('config', { message: 'a cloudformation source needs a template' });
  return file;
}

function tagsOption(options: Options): Tree {
  const tags = options['tags'];
  return isTree(tags) ? tags : {};
}
