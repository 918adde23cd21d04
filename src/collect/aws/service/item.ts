import type { AssetKind, Observation, SeenAsset, SeenRelation } from '../../../inventory/observation.ts';
import { mapBounded } from '../../bounded.ts';
import type { Answer, FailedAnswer } from '../../call.ts';
import { failAnswer, isFailed, missingFact, observe } from '../../call.ts';
import { sha256 } from '../../canonical.ts';
import { nameOfArn, parseArn } from './arn.ts';
import type { Facts } from './fact.ts';
import { known } from './fact.ts';
import { askPages } from './pages.ts';
import type { ServiceCall, ServiceContext, ServiceSession } from './service.ts';

/** An asset as a listing shows it. */
export interface Item {
  /** Its ARN. */
  readonly id: string;
  readonly kind: AssetKind;
  readonly name: string;
  /** Where it is, when that is not the region of the job: a code of the catalog, or several. */
  readonly region?: string | readonly string[] | null;
  readonly account?: string | null;
  readonly facts?: Facts;
  readonly relations?: readonly SeenRelation[];
}

/** The other end of a relation, as far as its id tells. */
export interface End {
  readonly id: string;
  readonly kind: AssetKind;
  readonly name?: string;
  readonly account?: string | null;
  readonly region?: string | null;
  readonly relations?: readonly SeenRelation[];
}

export function observeItem(
  session: ServiceSession,
  context: ServiceContext,
  answer: Answer<unknown>,
  { id, kind, name, region = session.region, account = session.account, facts = {}, relations = [] }: Item,
): Observation {
  const asset: SeenAsset = { kind, name, provider: session.partition, account };
  return observe(session.scene(id), answer, {
    asset,
    facts: { ...placeFacts(region), ...wantedFacts(facts, context) },
    relations: unique(relations),
  });
}

/** An end that lies outside this listing, placed by its ARN; another job's listing, where there is one, knows better. */
export function observeEnd(session: ServiceSession, answer: Answer<unknown>, end: End): Observation {
  const arn = parseArn(end.id);
  const {
    id,
    kind,
    name = nameOfArn(id),
    account = arn?.account ?? null,
    region = arn?.region ?? null,
    relations = [],
  } = end;
  const asset: SeenAsset = { kind, name, provider: arn?.partition ?? null, account, external: true };
  return observe(session.scene(id), answer, {
    asset,
    facts: placeFacts(region),
    relations: unique(relations),
  });
}

/** An asset with the ends that its configuration names. */
export interface Shown {
  readonly item: Item;
  readonly ends?: readonly End[];
}

export function observeShown(
  session: ServiceSession,
  context: ServiceContext,
  answer: Answer<unknown>,
  { item, ends = [] }: Shown,
): readonly Observation[] {
  return [
    observeItem(session, context, answer, item),
    ...ends.map((end) => observeEnd(session, answer, end)),
  ];
}

/** Whether the listing of this job will never show it. */
export function isElsewhere(session: ServiceSession, id: string): boolean {
  const arn = parseArn(id);
  return (
    arn !== null &&
    ((arn.account ?? session.account) !== session.account ||
      (arn.region ?? session.region) !== session.region)
  );
}

function placeFacts(region: string | readonly string[] | null): Facts {
  if (region === null) return {};
  return typeof region === 'string'
    ? { 'place.region': known(region) }
    : { 'place.regions': known([...region].toSorted()) };
}

/** Names by which others call it are kept: relations are resolved by them. */
function wantedFacts(facts: Facts, context: ServiceContext): Facts {
  return Object.fromEntries(
    Object.entries(facts).filter(
      ([fact]) => fact.startsWith('place.') || fact === 'aliases' || context.wants(fact),
    ),
  );
}

function unique(relations: readonly SeenRelation[]): readonly SeenRelation[] {
  return [...new Map(relations.map((relation) => [`${relation.kind} ${relation.to}`, relation])).values()];
}

interface Listing<T, I> {
  readonly call: ServiceCall;
  readonly send: (token: string | undefined, abortSignal: AbortSignal) => Promise<T>;
  readonly token?: (response: T) => string | null | undefined;
  readonly items: (response: T) => readonly I[] | undefined;
  /** What each shows, with further calls where it takes some. */
  readonly each: (item: I, answer: Answer<T>) => readonly Observation[] | Promise<readonly Observation[]>;
  /** Told of a page that could not be read. */
  readonly onFailure?: (answer: FailedAnswer) => void;
}

/** Every page of a listing, and what is on it. Items are read at once, as far as the bound of calls allows. */
export async function* listItems<T, I>(
  session: ServiceSession,
  context: ServiceContext,
  { call, send, token = () => undefined, items, each, onFailure }: Listing<T, I>,
): AsyncGenerator<Observation> {
  for await (const { answer, number } of askPages(context.ask, call, send, token)) {
    const found = answer.state === 'ok' ? (items(answer.response) ?? []) : [];
    if (isFailed(answer)) onFailure?.(answer);
    yield observe(session.scene(session.scope), answer, { about: { page: number, items: found.length } });
    for await (const seen of mapBounded(found, context.concurrency, async (item) => each(item, answer)))
      yield* seen;
  }
}

/** What an answer about one asset says; `unreadable` where it says nothing that makes sense. */
export type Said =
  | { readonly facts?: Facts; readonly relations?: readonly SeenRelation[]; readonly ends?: readonly End[] }
  | { readonly unreadable: 'error' | 'not_collected'; readonly code: string };

/**
 * Asks one thing about an asset, if a rule needs it. `read` gets null where the provider says that there is none; a
 * failure gives every fact that the call should have given.
 */
export async function askItem<T>(
  session: ServiceSession,
  context: ServiceContext,
  id: string,
  call: ServiceCall,
  send: (abortSignal: AbortSignal) => Promise<T>,
  read: (response: T | null) => Said,
): Promise<readonly Observation[]> {
  if (!context.needs(call)) return [];
  const answer = await context.ask(call, send);
  return tell(session, context, id, call, answer, read);
}

/** The same of what comes in pages. One that cannot be read leaves the whole unread: a tag may be on any of them. */
export async function askItemPages<T>(
  session: ServiceSession,
  context: ServiceContext,
  id: string,
  call: ServiceCall,
  send: (token: string | undefined, abortSignal: AbortSignal) => Promise<T>,
  tokenOf: (response: T) => string | null | undefined,
  read: (pages: readonly T[]) => Said,
): Promise<readonly Observation[]> {
  if (!context.needs(call)) return [];
  const pages: T[] = [];
  const digests: string[] = [];
  let last: Answer<T> | null = null;
  for await (const { answer } of askPages(context.ask, call, send, tokenOf)) {
    last = answer;
    if (answer.state === 'ok') {
      pages.push(answer.response);
      digests.push(answer.sha256);
    }
  }
  if (last === null) return [];
  const whole: Answer<readonly T[]> =
    last.state === 'ok'
      ? { ...last, response: pages, sha256: digests.length === 1 ? last.sha256 : sha256(digests.join('')) }
      : last;
  return tell(session, context, id, call, whole, (all) => read(all ?? []));
}

function tell<T>(
  session: ServiceSession,
  context: ServiceContext,
  id: string,
  call: ServiceCall,
  answer: Answer<T>,
  read: (response: T | null) => Said,
): readonly Observation[] {
  const said = isFailed(answer) ? null : read(answer.state === 'ok' ? answer.response : null);
  if (said === null || 'unreadable' in said) {
    const failed =
      said !== null
        ? failAnswer(answer, said.unreadable, said.code)
        : isFailed(answer)
          ? answer
          : failAnswer(answer, 'error', 'Unreadable');
    const missing = Object.fromEntries((call.facts ?? []).map((fact) => [fact, missingFact(failed)]));
    return [observe(session.scene(id), failed, { facts: wantedFacts(missing, context) })];
  }
  const { facts = {}, relations = [], ends = [] } = said;
  return [
    observe(session.scene(id), answer, { facts: wantedFacts(facts, context), relations: unique(relations) }),
    ...ends.map((end) => observeEnd(session, answer, end)),
  ];
}
