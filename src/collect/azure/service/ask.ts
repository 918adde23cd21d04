import type { Json, Tree } from '../../../inventory/fact.ts';
import type { Observation } from '../../../inventory/observation.ts';
import { mapBounded } from '../../bounded.ts';
import type { Answer } from '../../call.ts';
import { failAnswer, isFailed, missingFact, observe } from '../../call.ts';
import { textAt } from '../read/json.ts';
import type { Item } from './item.ts';
import { observeItem, wantedFacts } from './item.ts';
import { listAll, listPages } from './page.ts';
import type { AzureSession, ServiceCall, ServiceContext } from './service.ts';
import { askArm } from './service.ts';

/** Every page of a listing of the subscription, and what is on it, as far as the bound of calls allows at once. */
export async function* listItems(
  session: AzureSession,
  context: ServiceContext,
  call: ServiceCall,
  path: string,
  each: (item: Tree, answer: Answer<Json>) => readonly Observation[] | Promise<readonly Observation[]>,
): AsyncGenerator<Observation> {
  for await (const { answer, items, number } of listPages(session, context, call, path)) {
    yield observe(session.scene(session.scope), answer, { about: { page: number, items: items.length } });
    const named = items.filter((item) => textAt(item, 'id') !== null);
    if (named.length < items.length)
      yield observe(session.scene(session.scope), failAnswer(answer, 'error', 'ItemWithoutId'), {
        about: { page: number, items: items.length - named.length },
      });
    for await (const seen of mapBounded(named, context.concurrency, async (item) => each(item, answer)))
      yield* seen;
  }
}

/** What an answer about one asset says; `unreadable` where it says nothing that makes sense. */
export type Said =
  | Pick<Item, 'facts' | 'relations' | 'copies' | 'ends'>
  | { readonly unreadable: 'error'; readonly code: string };

/** The asset that is asked about, as far as the copies that an answer may tell of need it. */
export type Asked = Pick<Item, 'id' | 'kind' | 'name' | 'location' | 'facts'>;

/**
 * Asks one thing about an asset, if a rule needs it. `read` gets null where Azure says that there is none; a failure gives
 * every fact that the call should have given.
 */
export async function askItem(
  session: AzureSession,
  context: ServiceContext,
  item: Asked,
  call: ServiceCall,
  path: string,
  read: (response: Json | null) => Said,
): Promise<readonly Observation[]> {
  if (!context.needs(call)) return [];
  return observeAnswer(session, context, item, call, await askArm(session, context, call, path), read);
}

/** The same about all that a listing under the asset shows. */
export async function askItems(
  session: AzureSession,
  context: ServiceContext,
  item: Asked,
  call: ServiceCall,
  path: string,
  read: (items: readonly Tree[]) => Said | Promise<Said>,
): Promise<readonly Observation[]> {
  if (!context.needs(call)) return [];
  const { answer, items } = await listAll(session, context, call, path);
  const said = isFailed(answer) ? null : await read(items);
  return observeAnswer(
    session,
    context,
    item,
    call,
    answer,
    () => said ?? { unreadable: 'error', code: 'Unreadable' },
  );
}

/** What one answer says of an asset; a failed one gives every fact that the call should have given. */
export function observeAnswer(
  session: AzureSession,
  context: ServiceContext,
  item: Asked,
  call: ServiceCall,
  answer: Answer<Json>,
  read: (response: Json | null) => Said,
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
    return [observe(session.scene(item.id), failed, { facts: wantedFacts(missing, context) })];
  }
  // What the listing established of the asset is passed on to the copies that only this answer tells of.
  const [own, ...others] = observeItem(session, context, answer, {
    ...item,
    facts: { ...item.facts, ...said.facts },
    relations: said.relations ?? [],
    copies: said.copies ?? [],
    ends: said.ends ?? [],
  });
  if (own === undefined) return others;
  const { asset: _, facts: __, ...rest } = own;
  const facts = wantedFacts(said.facts ?? {}, context);
  return [{ ...rest, ...(Object.keys(facts).length === 0 ? {} : { facts }) }, ...others];
}
