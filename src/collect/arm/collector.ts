import { BercailError } from '../../error.ts';
import type { Observation } from '../../inventory/observation.ts';
import { formatPosition, readSourceText } from '../code/document.ts';
import { announceFile, labelOf, takeId } from '../code/label.ts';
import { account, unread } from '../code/observe.ts';
import { at, isValueTree, Open, textOf, type Value } from '../code/value.ts';
import type { CollectContext, Collector, Job, Options } from '../collector.ts';
import { textOption } from '../option.ts';
import { observeTemplate } from './observe.ts';
import { openTemplate } from './template.ts';

const KIND = 'arm';

/**
 * An Azure Resource Manager template, or Bicep compiled to one. Options: template, parameters (a file), location,
 * subscription, stack (a name for the deployment; default: its file).
 */
export const armCollector: Collector = {
  kind: KIND,
  plan: async (options, context) => {
    announceFile(context, KIND, templateOf(options), textOption(options, 'stack'));
    const job: Job = {
      source: KIND,
      account: textOption(options, 'subscription'),
      region: textOption(options, 'location'),
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
  const source = await readSourceText(file, { comments: true });
  const parameters = textOption(options, 'parameters');
  const deployment = {
    location: textOption(options, 'location'),
    subscription: textOption(options, 'subscription'),
  };
  const template = openTemplate(
    source,
    parameters === null ? new Map() : await readParameters(parameters),
    deployment,
  );
  const label = labelOf(context, KIND, file, textOption(options, 'stack'));
  for (const { path, where } of template.resources)
    takeId(
      context,
      KIND,
      `${label}#${path}`,
      `${where.file}:${where.line}:${where.column}`,
      'give each deployment a `stack` of its own in bercail.yaml',
    );
  const origin = { source: KIND, file, sha256: source.sha256, at: context.clock() };
  yield account(origin, {
    defined: template.defined,
    assets: template.resources.length,
    leftOut: template.leftOut,
    because: 'condition',
  });
  for (const { path, type, body, where } of template.resources) {
    const from = at(body, 'properties', 'templateLink');
    if (from !== undefined && /^Microsoft\.Resources\/(deployments|deploymentStacks)$/i.test(type))
      yield unread(
        origin,
        `${label}#${path}/*`,
        `what it deploys is written elsewhere: ${textOf(at(from, 'uri')) ?? textOf(at(from, 'id')) ?? textOf(at(from, 'relativePath')) ?? 'a linked template'}`,
        formatPosition(where),
      );
  }
  const pairedRegion = (region: string): string | null => context.pairedRegion?.('azure', region) ?? null;
  yield* observeTemplate(origin, { template, deployment, label, pairedRegion, tagKeys: context.tagKeys });
}

/** `{parameters: {x: {value}}}`, with or without the frame of a parameters file. */
async function readParameters(file: string): Promise<ReadonlyMap<string, Value>> {
  if (/\.bicepparam$/i.test(file)) throw bicepRefusal(file);
  const { tree } = await readSourceText(file, { comments: true });
  const listed = isValueTree(tree['parameters']) ? tree['parameters'] : tree;
  return new Map(
    Object.entries(listed)
      .filter(([name]) => name !== '$schema' && name !== 'contentVersion')
      .map(([name, one]) => [
        name.toLowerCase(),
        isValueTree(one) && ('value' in one || 'reference' in one)
          ? (at(one, 'value') ?? new Open(`parameter ${name} is in a key vault`))
          : one,
      ]),
  );
}

function templateOf(options: Options): string {
  const file = textOption(options, 'template');
  if (file === null) throw new BercailError('config', { message: 'an arm source needs a template' });
  if (/\.bicep(param)?$/i.test(file)) throw bicepRefusal(file);
  return file;
}

function bicepRefusal(file: string): BercailError {
  return new BercailError('input', {
    message: 'Bicep is read in its compiled form',
    hint: `compile it first: \`bicep build${/param$/i.test(file) ? '-params' : ''} ${file}\``,
    where: { file, line: 1, column: 1 },
  });
}
