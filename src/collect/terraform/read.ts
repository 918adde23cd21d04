import { BercailError, type Problem } from '../../error.ts';
import type { Json } from '../../inventory/fact.ts';
import type { CollectContext } from '../collector.ts';
import type { Configuration } from './configuration/model.ts';
import { describeInstance } from './describe/describe.ts';
import { instancesOfCode } from './input/code.ts';
import { type Code, readCode } from './input/folder.ts';
import { type PlanHead, readPlanHead } from './input/head.ts';
import { type Counted, readInstances } from './input/plan.ts';
import { readStateFile } from './input/state.ts';
import type { Placing } from './place/place.ts';
import type { Draft, Instance } from './resource.ts';

export interface Paths {
  readonly plan: string | null;
  readonly state: string | null;
  readonly root: string | null;
}

/** A plan or a state, as far as it was read. */
export interface Document {
  readonly head: PlanHead;
  readonly counted: Counted;
}

/** Everything that a source gives, before its resources are linked. */
export interface Reading {
  readonly drafts: readonly Draft[];
  readonly documents: readonly Document[];
  readonly code: Code | null;
  readonly placing: Placing;
}

/**
 * Reads a plan, a state, code, or what of them is given: resources come from the plan, then from the state, and from the
 * code only where there is neither.
 */
export async function readTerraform({ plan, state, root }: Paths, context: CollectContext): Promise<Reading> {
  const [code, heads] = await gatherProblems(
    () => (root === null ? null : readCode(root)),
    () => Promise.all([plan, state].flatMap((file) => (file === null ? [] : [readPlanHead(file)]))),
  );
  const configuration: Configuration = {
    plan: heads.find(({ kind }) => kind === 'plan')?.configuration ?? null,
    code: code?.root ?? null,
    keysFollowPasses: heads.some(
      ({ kind, terraformVersion }) => kind === 'plan' && followsPasses(terraformVersion),
    ),
    variables: new Map(heads.length === 0 ? (code?.variables ?? []) : variablesOf(heads, code)),
  };
  const placing: Placing = {
    configuration,
    providerOfHost: context.providerOfHost ?? (() => null),
    known: new Map(),
  };
  const drafts: Draft[] = [];
  const documents: Document[] = [];
  const seen = new Set<string>();
  for (const head of heads) {
    let counted: Counted | null = null;
    const onEnd = (count: Counted): void => void (counted = count);
    const instances: AsyncGenerator<Instance> =
      head.kind === 'state_file'
        ? readStateFile(head, configuration, code, onEnd)
        : readInstances(head, configuration, code, onEnd);
    for await (const instance of instances) {
      if (heads.length > 1 && seen.has(instance.address)) continue;
      if (heads.length > 1) seen.add(instance.address);
      drafts.push(describeInstance(placing, instance, false));
    }
    if (counted !== null) documents.push({ head, counted });
  }
  if (heads.length === 0 && code !== null) {
    for (const instance of instancesOfCode(code, configuration))
      drafts.push(describeInstance(placing, instance, true));
  }
  return { drafts, documents, code, placing };
}

/** https://github.com/hashicorp/terraform/pull/30138 */
function followsPasses(version: string | null): boolean {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  return major > 1 || (major === 1 && minor >= 2);
}

/** The values that a plan was made with; a state tells none, so that those of the code stand in. */
function variablesOf(
  heads: readonly PlanHead[],
  code: Code | null,
): Iterable<readonly [string, { readonly value: Json; readonly from: string }]> {
  const plan = heads.find(({ kind }) => kind === 'plan');
  return plan?.variables ?? code?.variables ?? [];
}

/** Problems of the code and of the plan are told together. */
async function gatherProblems<A, B>(first: () => A, second: () => Promise<B>): Promise<readonly [A, B]> {
  const problems: Problem[] = [];
  let code: BercailError['code'] = 'input';
  const attempt = async <T>(read: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof BercailError)) throw error;
      code = error.code;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const a = await attempt(first);
  const b = await attempt(second);
  if (problems.length > 0 || a === undefined || b === undefined) throw new BercailError(code, problems);
  return [a, b];
}
