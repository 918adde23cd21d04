import { isWanted } from '../collector.ts';
import { listAccounts } from './accounts.ts';
import { roleResource } from './identity.ts';
import { describeRegions } from './regions.ts';
import { services } from './service/registry.ts';
import type { ServiceCall } from './service/service.ts';

interface Allowed {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string;
}

export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly Allowed[];
}

export interface PermissionSetting {
  /** Whether every account of the organisation is read: then the caller also lists them and takes a role in each. */
  readonly organization?: boolean;
  /** Name of that role; all roles where it is left out. */
  readonly role?: string | null;
  /** Those that are read; null or left out for all. */
  readonly services?: readonly string[] | null;
}

/**
 * The IAM policy that lets Bercail read exactly the wanted facts, from the tables that drive its calls. `STS
 * GetCallerIdentity` needs no permission. What only the management account (or a delegated administrator) can be asked is
 * a statement of its own, for the other accounts need it not.
 */
export async function leastPrivilege(
  wanted: ReadonlySet<string>,
  { organization = false, role = null, services: only = null }: PermissionSetting = {},
): Promise<PolicyDocument> {
  const read = Object.entries(services).filter(([name]) => only?.includes(name) ?? true);
  const loaded = await Promise.all(read.map(([, load]) => load()));
  const needed = (ofOrganization: boolean): ServiceCall[] =>
    loaded
      .filter(({ scope }) => (scope === 'organization') === ofOrganization)
      .flatMap(({ calls }) => calls)
      .filter(
        ({ facts, isFree = false }) => !isFree && (facts?.some((fact) => isWanted(wanted, fact)) ?? true),
      );
  const own = needed(true);
  const statements = [
    allow('BercailReadOnly', [...needed(false), describeRegions]),
    allow('BercailOrganization', organization ? [...own, listAccounts] : own),
    ...(organization || role !== null
      ? [
          {
            ...allow('BercailTakeRole', []),
            Action: ['sts:AssumeRole'],
            Resource: `arn:*:iam::*:${role === null ? 'role/*' : roleResource(role)}`,
          },
        ]
      : []),
  ];
  return { Version: '2012-10-17', Statement: statements.filter(({ Action }) => Action.length > 0) };
}

function allow(Sid: string, calls: readonly ServiceCall[]): Allowed {
  const actions = calls.flatMap(({ permission, also = [] }) => [permission, ...also]);
  return { Sid, Effect: 'Allow', Action: [...new Set(actions)].toSorted(), Resource: '*' };
}
