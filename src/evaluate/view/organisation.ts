import { BercailError } from '../../error.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Organisation } from '../../inventory/noun.ts';
import { lift } from '../../rule/view/lift.ts';
import { organisationView as viewOf } from '../../rule/view/organisation.ts';
import { get, once, type View, type ViewContext } from './context.ts';

export function organisationView(context: ViewContext, organisation: Organisation): View {
  return once(context.memo, organisation, () => {
    const { catalog, asOf, inventory } = context;
    const { declared, provider, isDeclared, engagedBy, key, name } = organisation;
    return viewOf({
      declared,
      provider,
      isDeclared,
      catalog,
      asOf,
      given: {
        id: organisation.id,
        key,
        name,
        engaged_by:
          engagedBy === null
            ? lift('string', declared['engaged_by'])
            : get(inventory.organisations, engagedBy).key,
        reaches_controller: reachesController(inventory, organisation),
      },
    });
  });
}

export function organisationOf(context: ViewContext, id: string | null): View | null {
  return id === null ? null : organisationView(context, get(context.inventory.organisations, id));
}

function isController({ declared }: Organisation): boolean {
  return declared['role'] === 'controller' || declared['role'] === 'joint_controller';
}

/** Whether `engaged_by` leads to a controller; not known where a link does not say. A loop never does. */
function reachesController(inventory: Inventory, start: Organisation): unknown {
  const seen = new Set<string>();
  for (let current = start; ; ) {
    if (isController(current)) return true;
    if (seen.has(current.id)) return false;
    seen.add(current.id);
    if (current.engagedBy === null)
      return lift('string', current.declared['engaged_by']) === null
        ? false
        : lift('bool', current.declared['engaged_by']);
    current = get(inventory.organisations, current.engagedBy);
  }
}

/** Operator, who runs the service, then whoever engaged them, up to the controller; each once. */
export function chainOf(inventory: Inventory, parties: readonly (string | null)[]): readonly Organisation[] {
  const chain = new Map<string, Organisation>();
  for (const party of parties) {
    for (let id = party; id !== null && !chain.has(id); ) {
      const organisation: Organisation | undefined = inventory.organisations.get(id);
      if (!organisation) throw new BercailError('internal', { message: `no organisation ${id}` });
      chain.set(id, organisation);
      id = organisation.engagedBy;
    }
  }
  return [...chain.values()];
}
