import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Answer, Ask } from '../call.ts';
import { failAnswer } from '../call.ts';
import type { Connection } from './connection.ts';

/** Who asks. The catalog has a provider for each partition, named after it: `aws`, `aws-eusc`, `aws-cn`… */
export interface Identity {
  readonly partition: string;
  readonly account: string;
}

export const getCallerIdentity = { operation: 'sts:GetCallerIdentity', permission: 'sts:GetCallerIdentity' };
export const assumeRole = { operation: 'sts:AssumeRole', permission: 'sts:AssumeRole' };

/** The caller's ARN names a person or a session: only its partition and account are kept. */
export async function identify(
  ask: Ask,
  connection: Connection,
  role: string | null,
): Promise<{ answer: Answer<unknown>; identity: Identity | null }> {
  const { region } = connection;
  const client = new STSClient({ ...connection.configOf(role), region });
  const answer = await ask(getCallerIdentity, (abortSignal) =>
    client.send(new GetCallerIdentityCommand({}), { abortSignal }),
  );
  if (answer.state !== 'ok') return { answer, identity: null };
  const { Account, Arn } = answer.response;
  const partition = Arn?.split(':')[1];
  if (!Account || !partition) return { answer: failAnswer(answer, 'error', 'NoIdentity'), identity: null };
  return { answer, identity: { partition, account: Account } };
}

/** Takes a role, by the SDK's own provider; what it answers is a secret, so that only that it did is kept. */
export function enter(
  ask: Ask,
  connection: Connection,
  role: string,
): Promise<Answer<{ readonly role: string }>> {
  return ask(assumeRole, async () => {
    await connection.credentialsOf(role)();
    return { role };
  });
}

/**
 * The ARN of the configured role in an account: a name (with its path, where it has one) or the ARN of that role in any
 * account, of which the rest is kept.
 */
export function roleIn(role: string, { partition, account }: Identity): string {
  return `arn:${partition}:iam::${account}:${roleResource(role)}`;
}

export function roleResource(role: string): string {
  return role.startsWith('arn:')
    ? role.split(':').slice(5).join(':')
    : `role/${role.replace(/^(?:role)?\//, '')}`;
}
