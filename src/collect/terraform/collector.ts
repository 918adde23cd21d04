import { BercailError } from '../../error.ts';
import type { Json } from '../../inventory/fact.ts';
import type { Observation } from '../../inventory/observation.ts';
import type { CollectContext, Collector, Options } from '../collector.ts';
import { textOption } from '../option.ts';
import { formatPosition } from './configuration/model.ts';
import { link } from './link/link.ts';
import { createIndex, resolve } from './link/resolve.ts';
import { keepWanted, observeDraft, observeSaid, settlePlace, type Telling } from './observe.ts';
import { type Document, type Paths, type Reading, readTerraform } from './read.ts';

/** Reads Terraform and OpenTofu: a plan or a state as JSON, and the code. Options: plan, state, root. */
export const terraformCollector: Collector = {
  kind: 'terraform',
  plan: async (options, { wanted }) => {
    pathsOf(options);
    const job = { source: 'terraform', account: null, region: null, service: 'read', facts: [...wanted].toSorted(), options };
    return { jobs: [job], observations: [] };
  },
  run: async function* ({ options, facts }, context) {
    yield* collectTerraform(pathsOf(options), { ...context, wanted: new Set(facts) });
  },
};

function pathsOf(options: Options): Paths {
  const paths = { plan: textOption(options, 'plan'), state: textOption(options, 'state'), root: textOption(options, 'root') };
  if (Object.values(paths).some((path) => path !== null)) return paths;
  throw new BercailError('config', { message: 'a terraform source needs a plan, a state or a root', hint: 'plan: plan.json, root: infra/' });
}

async function* collectTerraform(paths: Paths, context: CollectContext): AsyncGenerator<Observation> {
  const reading = await readTerraform(paths, context);
  const { drafts: found, placing, documents } = reading;
  const index = createIndex(placing.configuration, found);
  const drafts = found.map((draft) => ({
    ...draft,
    placed: settlePlace(draft, (mention, from) => {
      const target = resolve(index, mention, from);
      return target.kind === 'here' ? target.draft : null;
    }),
  }));
  const scope = paths.plan ?? paths.state ?? paths.root ?? '';
  const at = documents[0]?.head.timestamp ?? context.clock();
  const telling: Telling = { scope, at, wanted: context.wanted };
  const keep = keepWanted(context.wanted);
  yield* account(reading, telling);
  for (const draft of drafts) yield observeDraft(draft, draft.placed, telling, keep);
  const pairedRegion = context.pairedRegion ?? (() => null);
  for (const said of link(drafts, { placing, pairedRegion })) {
    const observation = observeSaid(said, telling, keep);
    if (observation !== null) yield observation;
  }
}

/** What came in and what became of it, and what is named but cannot be seen. */
function* account({ drafts, documents, code }: Reading, telling: Telling): Generator<Observation> {
  const { at, scope } = telling;
  const base = { source: 'terraform', at, sha256: null } as const;
  for (const { head, counted } of documents) {
    const { managed, deleted, deposed, data, duplicates } = counted;
    const about: { readonly [key: string]: Json } = {
      document: head.kind, format_version: head.formatVersion, terraform_version: head.terraformVersion,
      resources: managed, assets: managed - deleted.length - deposed - duplicates.length, deleted: [...deleted], deposed, data_sources: data,
    };
    yield { ...base, scope: head.file, operation: 'terraform:accounting', subject: head.file, sha256: head.sha256, outcome: 'ok', about };
    for (const [why, is] of incompleteness(head)) {
      if (is) yield { ...base, scope: head.file, operation: 'terraform:plan', subject: head.file, sha256: head.sha256, outcome: 'not_collected', code: why };
    }
    for (const address of duplicates) yield { ...base, scope: head.file, operation: 'terraform:duplicate', subject: address, outcome: 'error', code: 'DuplicateAddress' };
  }
  if (code === null) return;
  if (documents.length === 0) {
    yield { ...base, scope, operation: 'terraform:accounting', subject: scope, outcome: 'ok', about: { document: 'code', files: code.sha256.size, resources: drafts.length, assets: drafts.length } };
    for (const { subject, why, where } of code.unread) {
      yield { ...base, scope, operation: 'terraform:module', subject, outcome: 'not_collected', code: why, ...(where ? { ref: formatPosition(where) } : {}) };
    }
  }
}

/** A plan that ended in an error, or that leaves resources for the next one, does not show all that will be. */
function incompleteness({ isErrored, isIncomplete }: Document['head']): readonly (readonly [string, boolean])[] {
  return [['PlanErrored', isErrored], ['PlanIncomplete', isIncomplete && !isErrored]];
}
