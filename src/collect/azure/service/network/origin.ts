import type { Observation } from '../../../../inventory/observation.ts';
import { kindOfType } from '../../../arm/kind.ts';
import type { Answer } from '../../../call.ts';
import { canonicalId, parseId } from '../../read/id.ts';
import { observeEnd } from '../item.ts';
import type { AzureSession, ServiceContext } from '../service.ts';
import { findByName } from '../storage/replication.ts';

/** What content is fetched from: a resource that is named, or a host. */
export interface Origin {
  readonly id: string | null;
  readonly host: string | null;
}

/** `NAME.blob.core.windows.net`, and the like of other clouds. */
const ACCOUNT = /^([a-z0-9]{3,24})(?:-secondary)?\.(?:z\d+\.)?(?:blob|web|dfs|file)\.(?:core\.|storage\.)/i;

/** Origins send what they hold to the edge. A host that is no account that the caller sees is a host of its own. */
export async function observeOrigins(
  session: AzureSession,
  context: ServiceContext,
  answer: Answer<unknown>,
  origins: readonly Origin[],
  to: string,
): Promise<readonly Observation[]> {
  if (origins.length === 0 || !context.wants('relations.origin')) return [];
  const names = origins.flatMap(({ id, host }) => (id === null ? (accountOf(host) ?? []) : []));
  const found = await findByName(session, context, names);
  const ends = new Map(
    origins.flatMap(({ id, host }) => {
      const name = accountOf(host);
      const one = id === null ? (name === null ? undefined : found.get(name)) : canonicalId(id);
      const subject = one ?? (host === null ? null : `https://${host.toLowerCase()}`);
      return subject === null ? [] : [[subject, one !== undefined] as const];
    }),
  );
  return [...ends].map(([id, isResource]) =>
    observeEnd(session, answer, {
      id,
      kind: isResource ? kindOfType(parseId(id)?.type ?? '', null) : 'endpoint',
      relations: [{ kind: 'origin', to }],
    }),
  );
}

function accountOf(host: string | null): string | null {
  return ACCOUNT.exec(host ?? '')?.[1]?.toLowerCase() ?? null;
}
