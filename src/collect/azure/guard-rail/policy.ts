import type { Json, Tree } from '../../../inventory/fact.ts';
import { canonicalId } from '../read/id.ts';
import { at, textAt, textsAt, treesAt } from '../read/json.ts';
import { locationCode } from '../read/location.ts';
import type { Parameters } from './value.ts';
import { parametersOf, resolve } from './value.ts';

/** One policy as it is assigned: on its own, or as a part of an initiative. */
export interface AssignedPolicy {
  /** Id of the assignment, as Azure spells it. */
  readonly assignment: string;
  /** Its name in the initiative; null on its own. */
  readonly reference: string | null;
  readonly scope: string;
  readonly notScopes: readonly string[];
  /** Whether it is enforced for everything in its scope. */
  readonly isEnforced: boolean;
  /** In lower case; null where it is not known. */
  readonly effect: string | null;
  /** `indexed` policies look only at types that have tags and a location. */
  readonly mode: string;
  readonly condition: Json | undefined;
  readonly parameters: Parameters;
  readonly selects: Selection;
}

/** Which resources an assignment or an exemption is about, where it is not about all. */
export interface Selection {
  /** Null for all; else, for each selector, the locations that it takes. */
  readonly locations: readonly ((region: string) => boolean)[] | null;
  /** True where it selects by anything else, too. */
  readonly isPartial: boolean;
}

export interface Exemption {
  readonly id: string;
  readonly scope: string;
  readonly assignment: string;
  /** Parts of an initiative; empty for all of it. */
  readonly references: readonly string[];
  readonly expires: string | null;
  readonly isPartial: boolean;
}

/** https://learn.microsoft.com/azure/governance/policy/concepts/assignment-structure */
export function assignPolicy(assignment: Tree, definition: Tree): AssignedPolicy {
  const assigned = at(assignment, 'properties', 'parameters');
  return bind(
    assignment,
    definition,
    parametersOf(at(definition, 'properties', 'parameters'), assigned),
    null,
  );
}

/** @param definitions by id in lower case */
export function assignInitiative(
  assignment: Tree,
  initiative: Tree,
  definitions: ReadonlyMap<string, Tree>,
): readonly AssignedPolicy[] {
  const outer = parametersOf(
    at(initiative, 'properties', 'parameters'),
    at(assignment, 'properties', 'parameters'),
  );
  return treesAt(initiative, 'properties', 'policyDefinitions').flatMap((part) => {
    const definition = definitions.get(canonicalId(textAt(part, 'policyDefinitionId') ?? ''));
    if (definition === undefined) return [];
    const inner = parametersOf(at(definition, 'properties', 'parameters'), at(part, 'parameters'), outer);
    return [bind(assignment, definition, inner, textAt(part, 'policyDefinitionReferenceId'))];
  });
}

function bind(
  assignment: Tree,
  definition: Tree,
  parameters: Parameters,
  reference: string | null,
): AssignedPolicy {
  const id = textAt(assignment, 'id') ?? '';
  const mode = textAt(assignment, 'properties', 'enforcementMode') ?? 'Default';
  return {
    assignment: id,
    reference,
    scope: canonicalId(textAt(assignment, 'properties', 'scope') ?? scopeOf(id)),
    notScopes: textsAt(assignment, 'properties', 'notScopes').map(canonicalId),
    isEnforced: mode.toLowerCase() === 'default',
    effect: effectOf(assignment, definition, parameters, reference),
    mode: (textAt(definition, 'properties', 'mode') ?? 'Indexed').toLowerCase(),
    condition: at(definition, 'properties', 'policyRule', 'if'),
    parameters,
    selects: selectionOf(treesAt(assignment, 'properties', 'resourceSelectors')),
  };
}

/** An override of the effect counts for the parts that it selects; one that selects by anything else leaves it open. */
function effectOf(
  assignment: Tree,
  definition: Tree,
  parameters: Parameters,
  reference: string | null,
): string | null {
  const own = resolve(at(definition, 'properties', 'policyRule', 'then', 'effect'), parameters);
  let effect = typeof own === 'string' ? own.toLowerCase() : null;
  for (const override of treesAt(assignment, 'properties', 'overrides')) {
    if (textAt(override, 'kind')?.toLowerCase() !== 'policyeffect') continue;
    const value = textAt(override, 'value')?.toLowerCase() ?? null;
    const selectors = treesAt(override, 'selectors');
    const isAbout = selectors.every((one) => isSelected(one, reference));
    const isOther = selectors.some(
      (one) => textAt(one, 'kind')?.toLowerCase() !== 'policydefinitionreferenceid',
    );
    if (isOther) effect = effect === value ? effect : null;
    else if (isAbout) effect = value;
  }
  return effect;
}

function isSelected(selector: Tree, reference: string | null): boolean {
  const [within, without] = [textsAt(selector, 'in'), textsAt(selector, 'notIn')];
  const isIn = (list: readonly string[]): boolean =>
    list.some((one) => one.toLowerCase() === (reference ?? '').toLowerCase());
  return (within.length === 0 || isIn(within)) && !isIn(without);
}

/** A resource is selected by any of the selectors, each with all of its conditions. */
export function selectionOf(selectors: readonly Tree[]): Selection {
  if (selectors.length === 0) return { locations: null, isPartial: false };
  const parts = selectors.map((one) => treesAt(one, 'selectors'));
  const isLocation = (one: Tree): boolean => textAt(one, 'kind')?.toLowerCase() === 'resourcelocation';
  return {
    isPartial: parts.flat().some((one) => !isLocation(one)),
    locations: parts.map(
      (conditions) => (region) => conditions.filter(isLocation).every((one) => takes(one, region)),
    ),
  };
}

function takes(selector: Tree, region: string): boolean {
  const codes = (name: string): readonly (string | null)[] => textsAt(selector, name).map(locationCode);
  const [within, without] = [codes('in'), codes('notIn')];
  return (within.length === 0 || within.includes(region)) && !without.includes(region);
}

/** https://learn.microsoft.com/azure/governance/policy/concepts/exemption-structure */
export function exemptionOf(exemption: Tree): Exemption {
  const id = textAt(exemption, 'id') ?? '';
  return {
    id,
    scope: canonicalId(scopeOf(id)),
    assignment: canonicalId(textAt(exemption, 'properties', 'policyAssignmentId') ?? ''),
    references: textsAt(exemption, 'properties', 'policyDefinitionReferenceIds').map((one) =>
      one.toLowerCase(),
    ),
    expires: textAt(exemption, 'properties', 'expiresOn'),
    isPartial: treesAt(exemption, 'properties', 'resourceSelectors').length > 0,
  };
}

/** The scope of an assignment or exemption is what stands before its own provider. */
function scopeOf(id: string): string {
  return id.replace(/\/providers\/microsoft\.authorization\/policy(assignments|exemptions)\/[^/]+\/?$/i, '');
}
