import { dirname } from 'node:path';
import { BercailError } from '../../error.ts';
import { gatherInputs, type Inputs } from '../../input/gather.ts';
import { type Draft, draftOf } from '../../inventory/draft.ts';

import { loadCatalog } from '../../io/content.ts';
import { readText, writeText } from '../../io/file.ts';
import { exists } from '../../io/find.ts';
import { addToManifest } from '../../manifest/insert.ts';
import { type Manifest, readManifest } from '../../manifest/read.ts';
import { type Tree, treeOf } from '../../manifest/tree.ts';
import type { Messages } from '../../report/message.ts';
import type { Language } from '../../result/result.ts';
import type { CommandContext } from '../context.ts';
import { sayIn } from '../say.ts';
import { observe } from './observe.ts';
import { manifestText } from './text.ts';

export interface DraftCommandOptions {
  readonly from: readonly string[];
  readonly into?: string;
  readonly id: string;
  readonly all?: boolean;
  readonly lang?: Language;
}

/** Writes what was observed and not declared, as assets of a manifest. Returns the exit code. */
export async function draftManifest(
  manifests: readonly string[],
  { from, into, id, all = false, lang }: DraftCommandOptions,
  context: CommandContext,
): Promise<number> {
  const say = sayIn(lang, context);
  const loaded = await loadCatalog();
  const isThere = into !== undefined && exists(into);
  const named = [...manifests, ...(isThere && !manifests.includes(into) ? [into] : [])];
  const declared = await gatherInputs(named.length > 0 ? named : configured(), loaded.catalog);
  const observed = await gatherInputs(from, loaded.catalog);
  if (observed.sources.length === 0)
    throw new BercailError('usage', {
      message: `nothing was observed in ${from.join(', ')}`,
      hint: 'give --from a snapshot that `bercail collect` wrote, a plan or a template',
    });
  const target = isThere ? await readInto(into, declared) : null;
  const inventory = await observe(
    { ...declared, manifests: [...declared.manifests, ...observed.manifests] },
    observed.sources,
    loaded,
    context,
  );
  const draft = draftOf(inventory, {
    isAll: all,
    ...(target === null ? {} : { taken: Object.keys(sectionOf(target, 'assets')) }),
    operatorOf: (provider) => (target === null ? null : organisationOf(target, provider)),
  });
  if (draft.assets.size === 0) {
    context.err(`bercail: ${say('draft.nothing')}\n${leftOutText(draft, say)}`);
    return 0;
  }
  const written =
    target === null || into === undefined
      ? manifestText(
          {
            id,
            folder: into === undefined ? '.' : dirname(into),
            organisations: new Map(),
            assets: draft.assets,
            isGuide: false,
          },
          say,
        )
      : addToManifest(
          (await readText(into)).text,
          into,
          [...draft.assets].map(([key, { tree }]) => ({ section: 'assets' as const, key, value: tree })),
        );
  // What was put together is read before it is written: what Bercail writes, Bercail reads.
  readManifest(written, into ?? 'draft', loaded.catalog);
  if (into === undefined) await context.out(written);
  else await writeText(into, written);
  context.err(`bercail: ${say('draft.done', { count: draft.assets.size })}\n${leftOutText(draft, say)}`);
  if (draft.providers.length > 0)
    context.err(`bercail: ${say('draft.providers', { list: draft.providers.join(', ') })}\n`);
  return 0;
}

/** Without manifests named: those of the configuration that is here. */
function configured(): readonly string[] {
  return ['bercail.yaml', 'bercail.yml'].filter(exists).slice(0, 1);
}

async function readInto(path: string, { manifests }: Inputs): Promise<Manifest> {
  const found = manifests.find(({ manifest }) => manifest.file === path)?.manifest;
  if (found) return found;
  throw new BercailError('usage', {
    message: `${path} is not a manifest`,
    hint: 'expected bercail: manifest/v1',
  });
}

function sectionOf({ value }: Manifest, name: 'assets' | 'organisations'): Tree {
  return treeOf(value[name]);
}

function organisationOf(manifest: Manifest, provider: string): string | null {
  const found = Object.entries(sectionOf(manifest, 'organisations')).find(
    ([, one]) => treeOf(one)['provider'] === provider,
  );
  return found?.[0] ?? null;
}

function leftOutText({ leftOut }: Draft, say: Messages): string {
  const count = [...leftOut.values()].reduce((sum, one) => sum + one, 0);
  if (count === 0) return '';
  const list = [...leftOut].map(([kind, number]) => `${kind} ${number}`).join(', ');
  return `bercail: ${say('draft.left_out', { count, list })}\n`;
}
