import { BercailError } from '../../error.ts';
import type { Json } from '../../inventory/fact.ts';
import type { Observation } from '../../inventory/observation.ts';
import { announceFile, labelOf } from '../code/label.ts';
import { unread } from '../code/observe.ts';
import type { CollectContext, Collector, Options } from '../collector.ts';
import { textOption } from '../option.ts';
import { formatPosition } from './configuration/model.ts';
import type { Mention } from './describe/description.ts';
import { link } from './link/link.ts';
import { createIndex, resolve } from './link/resolve.ts';
import { keepWanted, observeDraft, observeSaid, settlePlace, type Telling } from './observe.ts';
import { type Document, type Paths, type Reading, readTerraform } from './read.ts';
import type { Draft } from './resource.ts';
import { announce, readShared } from './shared.ts';

const KIND = 'terraform';

/** Resources that deploy others, which no plan shows. */
const DEPLOYS =
  /^(aws_cloudformation_stack(_set)?|aws_servicecatalog_provisioned_product|aws_serverlessapplicationrepository_cloudformation_stack|azurerm_(.+_)?template_deployment|google_deployment_manager_deployment|helm_release|kubectl_manifest)$/;

/** Reads Terraform and OpenTofu: a plan or a state as JSON, and the code. Options: plan, state, root, label. */
export const terraformCollector: Collector = {
  kind: KIND,
  plan: async (options, context) => {
    const paths = pathsOf(options);
    const label = textOption(options, 'label');
    announceFile(context, KIND, scopeOf(paths), label);
    // A label makes ids of its own: what else has the same addresses does not matter then.
    if (label === null) announce(context, scopeOf(paths), () => readTerraform(paths, context));
    const job = {
      source: KIND,
      account: null,
      region: null,
      service: 'read',
      facts: [...context.wanted].toSorted(),
      options,
    };
    return { jobs: [job], observations: [] };
  },
  run: async function* ({ options, facts }, context) {
    yield* collectTerraform(options, { ...context, wanted: new Set(facts) });
  },
};

function pathsOf(options: Options): Paths {
  const paths = {
    plan: textOption(options, 'plan'),
    state: textOption(options, 'state'),
    root: textOption(options, 'root'),
  };
  if (Object.values(paths).some((path) => path !== null)) return paths;
  throw new BercailError('config', {
    message: 'a terraform source needs a plan, a state or a root',
    hint: 'plan: plan.json, root: infra/',
  });
}

function scopeOf({ plan, state, root }: Paths): string {
  return plan ?? state ?? root ?? '';
}

async function* collectTerraform(options: Options, context: CollectContext): AsyncGenerator<Observation> {
  const paths = pathsOf(options);
  const scope = scopeOf(paths);
  const label = textOption(options, 'label');
  const read = (): Promise<Reading> => readTerraform(paths, context);
  const { reading, taken } =
    label === null
      ? await readShared(context, scope, read)
      : { reading: await read(), taken: new Map<string, string>() };
  const prefix = labelOf(context, KIND, scope, label);
  const at = reading.documents[0]?.head.timestamp ?? context.clock();
  const { tagKeys } = context;
  const telling: Telling = { scope, at, ...(tagKeys ? { tagKeys } : {}) };
  yield* account(reading, telling);
  for (const [address, other] of taken) {
    yield {
      source: KIND,
      scope,
      operation: 'terraform:duplicate',
      subject: address,
      at,
      sha256: null,
      outcome: 'error',
      code: `also in ${other}: give each source a label`,
    };
  }
  const isPrefixed = label !== null || taken.size > 0;
  const idOf = (address: string): string =>
    label !== null || taken.has(address) ? `${prefix}#${address}` : address;
  const drafts = settle(reading, isPrefixed ? idOf : null);
  const keep = keepWanted(context.wanted);
  for (const draft of drafts) yield observeDraft(draft, draft.placed, telling, keep);
  for (const { id, type, ref, sha256 } of drafts)
    if (DEPLOYS.test(type))
      yield unread({ source: KIND, at, sha256 }, `${id}/*`, 'what it deploys is written elsewhere', ref);
  const pairedRegion = context.pairedRegion ?? (() => null);
  for (const said of link(drafts, { placing: reading.placing, pairedRegion })) {
    const observation = observeSaid(said, telling, keep);
    if (observation !== null) yield observation;
  }
}

/** The resources with the places that they share with others, and with ids where addresses are not enough. */
function settle({ drafts, placing }: Reading, idOf: ((address: string) => string) | null): readonly Draft[] {
  const isOpen = drafts.some(({ placed, within }) => placed.isApart || (placed.isOpen && within.length > 0));
  const named = idOf === null ? drafts : drafts.map((draft) => ({ ...draft, id: idOf(draft.address) }));
  if (!isOpen) return named;
  const index = createIndex(placing.configuration, named);
  const parentOf = (mention: Mention, from: Draft): Draft | null => {
    const target = resolve(index, mention, from);
    return target.kind === 'here' ? target.draft : null;
  };
  return named.map((draft) =>
    draft.within.length === 0 ? draft : { ...draft, placed: settlePlace(draft, parentOf) },
  );
}

/** What came in and what became of it, and what is named but cannot be seen. */
function* account({ drafts, documents, code }: Reading, telling: Telling): Generator<Observation> {
  const { at, scope } = telling;
  const base = { source: KIND, at, sha256: null } as const;
  for (const { head, counted } of documents) {
    const { managed, deleted, deposed, data, duplicates } = counted;
    const about: { readonly [key: string]: Json } = {
      document: head.kind,
      format_version: head.formatVersion,
      terraform_version: head.terraformVersion,
      resources: managed,
      assets: managed - deleted.length - deposed - duplicates.length,
      deleted: [...deleted],
      deposed,
      duplicate: duplicates,
      data_sources: data,
    };
    yield {
      ...base,
      scope: head.file,
      operation: 'terraform:accounting',
      subject: head.file,
      sha256: head.sha256,
      outcome: 'ok',
      about,
    };
    for (const [why, is] of incompleteness(head)) {
      if (is)
        yield {
          ...base,
          scope: head.file,
          operation: 'terraform:plan',
          subject: head.file,
          sha256: head.sha256,
          outcome: 'not_collected',
          code: why,
        };
    }
    for (const address of duplicates)
      yield {
        ...base,
        scope: head.file,
        operation: 'terraform:duplicate',
        subject: address,
        outcome: 'error',
        code: 'DuplicateAddress',
      };
  }
  if (code === null) return;
  if (documents.length === 0) {
    yield {
      ...base,
      scope,
      operation: 'terraform:accounting',
      subject: scope,
      outcome: 'ok',
      about: { document: 'code', files: code.sha256.size, resources: drafts.length, assets: drafts.length },
    };
    for (const { subject, why, where } of code.unread) {
      // Its scope is the module itself: what is in it is not known to be absent.
      const module = `${scope}#${subject}`;
      yield {
        ...base,
        scope: module,
        operation: 'terraform:module',
        subject: module,
        outcome: 'not_collected',
        code: why,
        ...(where ? { ref: formatPosition(where) } : {}),
      };
    }
  }
}

/** A plan that ended in an error, or that leaves resources for the next one, does not show all that will be. */
function incompleteness({
  isErrored,
  isIncomplete,
}: Document['head']): readonly (readonly [string, boolean])[] {
  return [
    ['PlanErrored', isErrored],
    ['PlanIncomplete', isIncomplete && !isErrored],
  ];
}
