import { isWanted } from '../collector.ts';
import { listLocations } from './locations.ts';
import { services } from './service/registry.ts';
import { listSubscriptions } from './subscriptions.ts';

/** As `az role definition create --role-definition FILE` takes it. */
export interface RoleDefinition {
  readonly Name: string;
  readonly IsCustom: true;
  readonly Description: string;
  readonly Actions: readonly string[];
  readonly NotActions: readonly string[];
  readonly DataActions: readonly string[];
  readonly NotDataActions: readonly string[];
  readonly AssignableScopes: readonly string[];
}

export interface RoleSetting {
  /** Those that it may be assigned in; a management group to fill in for null. */
  readonly subscriptions?: readonly string[] | null;
  /** The services that are read; all for null. */
  readonly services?: readonly string[] | null;
}

/**
 * The custom role that lets Bercail read exactly the wanted facts, from the tables that drive its calls. Actions on data
 * are none: nothing of what a store holds is read.
 */
export async function customRole(
  wanted: ReadonlySet<string>,
  { subscriptions = null, services: only = null }: RoleSetting = {},
): Promise<RoleDefinition> {
  const names = Object.keys(services).filter((name) => only?.includes(name) ?? true);
  const loaded = await Promise.all(names.flatMap((name) => services[name]?.() ?? []));
  const calls = [listSubscriptions, listLocations, ...loaded.flatMap((service) => service.calls)].filter(
    ({ facts, isFree = false }) => !isFree && (facts?.some((fact) => isWanted(wanted, fact)) ?? true),
  );
  return {
    Name: 'Bercail Audit',
    IsCustom: true,
    Description:
      'Reads where data is and who holds it. Reads no data, no key and no secret; changes nothing.',
    Actions: [...new Set(calls.map(({ permission }) => permission))].toSorted(),
    NotActions: [],
    DataActions: [],
    NotDataActions: [],
    AssignableScopes:
      subscriptions === null
        ? ['/providers/Microsoft.Management/managementGroups/MANAGEMENT-GROUP']
        : subscriptions.map((id) => `/subscriptions/${id}`),
  };
}
