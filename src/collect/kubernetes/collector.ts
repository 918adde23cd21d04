import { BercailError } from '../../error.ts';
import type { Observation } from '../../inventory/observation.ts';
import { readText } from '../../io/file.ts';
import { listFiles } from '../../io/find.ts';
import { isFolder } from '../../io/folder.ts';
import { announceFile, labelOf, takeId } from '../code/label.ts';
import { account, type Origin, type Stated, state, unread } from '../code/observe.ts';
import { isValueTree } from '../code/value.ts';
import type { CollectContext, Collector, Job, Options } from '../collector.ts';
import { textOption } from '../option.ts';
import { elsewhere, isCompose, observeCompose } from './compose.ts';
import { type Item, readItems } from './document.ts';
import { interpolated, readSettingFiles, readVariables } from './environment.ts';
import { type Cluster, nameItem, observeItem } from './observe.ts';

const KIND = 'kubernetes';

/**
 * Manifests of Kubernetes, what Helm rendered, or compose files. Options: path (a file, or a folder of them), provider
 * and region of the cluster, cluster (a name for it; default: the end of the path).
 */
export const kubernetesCollector: Collector = {
  kind: KIND,
  plan: async (options, context) => {
    announceFile(context, KIND, pathOf(options), textOption(options, 'cluster'));
    const job: Job = {
      source: KIND,
      account: null,
      region: textOption(options, 'region'),
      service: 'manifests',
      facts: [],
      options,
    };
    return { jobs: [job], observations: [] };
  },
  run: readManifests,
};

async function* readManifests({ options }: Job, context: CollectContext): AsyncGenerator<Observation> {
  const path = pathOf(options);
  const files = isFolder(path) ? listFiles(path).filter((file) => /\.(ya?ml|json)$/i.test(file)) : [path];
  const label = labelOf(context, KIND, path, textOption(options, 'cluster'));
  const cluster: Cluster = {
    label,
    provider: textOption(options, 'provider'),
    region: textOption(options, 'region'),
    providerOfHost: context.providerOfHost ?? (() => null),
  };
  const read: { readonly origin: Origin; readonly items: readonly Item[] }[] = [];
  for (const file of files) {
    const { text, sha256 } = await readText(file);
    const items = readItems(text, file);
    const variables = items.some(({ tree }) => isCompose(tree)) ? await readVariables(file) : new Map();
    read.push({
      origin: { source: KIND, file, sha256, at: context.clock() },
      items: variables.size === 0 ? items : items.map((item) => withVariables(item, variables)),
    });
  }
  const all = read.flatMap(({ items }) => items).flatMap((item) => nameItem(item, label) ?? []);
  for (const { origin, items } of read) {
    const stated: Stated[] = [];
    const leftOut: string[] = [];
    let defined = 0;
    for (const item of items) {
      const named = nameItem(item, label);
      const files = !named && isCompose(item.tree) ? await readSettingFiles(item.tree, origin.file) : null;
      const own = named
        ? observeItem(named, all, cluster)
        : files
          ? observeCompose(item, cluster, files)
          : [];
      for (const { subject, why, ref } of files ? elsewhere(item, label, files) : [])
        yield unread(origin, subject, why, ref);
      if (own.length === 0) leftOut.push(`line ${item.where.line}`);
      for (const { subject, ref } of own.filter((one) => one.subject.startsWith(`${label}#`))) {
        takeId(
          context,
          KIND,
          subject,
          ref,
          'keep one, or read them as clusters of their own, each with a name as `cluster`',
        );
        defined += 1;
      }
      stated.push(...own);
    }
    yield account(origin, {
      defined: defined + leftOut.length,
      assets: defined,
      leftOut,
      because: 'no_asset',
    });
    for (const one of stated) yield state(origin, one);
  }
}

function withVariables(item: Item, variables: ReadonlyMap<string, string>): Item {
  const tree = interpolated(item.tree, variables);
  return isCompose(item.tree) && isValueTree(tree) ? { ...item, tree } : item;
}

function pathOf(options: Options): string {
  const path = textOption(options, 'path') ?? textOption(options, 'template');
  if (path === null) throw new BercailError('config', { message: 'a kubernetes source needs a path' });
  return path;
}
