import type { Tree } from '../../inventory/fact.ts';
import { matchesGlob } from '../../inventory/glob.ts';
import type { Observation } from '../../inventory/observation.ts';
import type { Ask } from '../call.ts';
import { isFailed, observe } from '../call.ts';
import { textsAt } from './read/json.ts';
import { listAll } from './service/page.ts';
import type { AzureSession } from './service/service.ts';
import { action } from './service/service.ts';

/** Answers everyone about themselves. */
const listPermissions = action(
  'Microsoft.Authorization/permissions/read',
  '2022-04-01',
  'Permissions_ListForSubscription',
  { isFree: true },
);

/**
 * What a list of everything shows the caller. Resource Graph and the list of resources leave out, without a word, what the
 * caller may not read: `all` may read every type, `listed` may list the subscription's resources, `part` neither.
 */
export type Sight = 'all' | 'listed' | 'part';

export async function readSight(
  ask: Ask,
  session: AzureSession,
): Promise<{ readonly sight: Sight; readonly observations: readonly Observation[] }> {
  const path = `/subscriptions/${session.scope}/providers/Microsoft.Authorization/permissions`;
  const { answer, items } = await listAll(session, { ask }, listPermissions, path);
  const sight = isFailed(answer) ? 'part' : sightOf(items);
  return { sight, observations: [observe(session.scene(session.scope), answer, { about: { sight } })] };
}

/** https://learn.microsoft.com/rest/api/authorization/permissions: each entry is a role; what one allows is allowed. */
export function sightOf(permissions: readonly Tree[]): Sight {
  const may = (action: string): boolean =>
    permissions.some(
      (one) =>
        textsAt(one, 'actions').some((pattern) => covers(pattern, action)) &&
        !textsAt(one, 'notActions').some((pattern) => overlaps(pattern, action)),
    );
  return may('*/read') ? 'all' : may('Microsoft.Resources/subscriptions/resources/read') ? 'listed' : 'part';
}

/** Whether the pattern allows all that the action (which may be a pattern itself) names. */
function covers(pattern: string, action: string): boolean {
  return !pattern.includes('?') && matchesGlob(pattern.toLowerCase(), action.toLowerCase());
}

/** Whether the exception takes something away of it. */
function overlaps(pattern: string, action: string): boolean {
  if (!action.includes('*')) return covers(pattern, action);
  return /(^\*|\/read|\*)$/i.test(pattern);
}
