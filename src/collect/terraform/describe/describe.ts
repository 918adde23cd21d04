import { namesOf } from '../address.ts';
import { chooseProvider } from '../configuration/provider.ts';
import { kindOf } from '../kind/kind.ts';
import { parentsOf } from '../place/family.ts';
import { type Placing, placeResource } from '../place/place.ts';
import type { Draft, Instance } from '../resource.ts';
import { mention } from './description.ts';
import { describerOf } from './table.ts';
import { tagsOf } from './tags.ts';
import { isSensitive, textAt, type Values } from './values.ts';

const NAMES = ['id', 'arn', 'name', 'self_link', 'bucket_domain_name', 'bucket_regional_domain_name'];

/** Reads what one instance says; its values are not kept. */
export function describeInstance(placing: Placing, instance: Instance, isCode: boolean): Draft {
  const { address, at, values, provider, action, previous, isUncertain, ref, sha256 } = instance;
  const { type, module, key } = at;
  const description = describerOf(type)(values);
  const placed = placeResource(placing, type, provider, values, description.region);
  const chosen = provider === null ? null : chooseProvider(placing.configuration, provider);
  const names = [...NAMES, ...(description.names ?? [])].flatMap(
    (attribute) => textAt(values, attribute) ?? [],
  );
  return {
    address,
    id: address,
    module,
    type,
    label: at.name,
    key,
    kind: kindOf(type),
    name: nameOf(values, description.name) ?? at.name,
    placed,
    tags: tagsOf(type, values, { configuration: placing.configuration, chosen, isCode }),
    names: [...new Set(names)],
    statements: description.statements,
    within: placed.isOpen ? parentsOf(type).flatMap((attribute) => mention(values, attribute) ?? []) : [],
    standsFor: description.standsFor ?? null,
    action,
    previous,
    isUncertain,
    ref,
    sha256,
  };
}

/** The name that people see, unless it is marked sensitive. */
function nameOf(values: Values, described: string | null | undefined): string | null {
  if (values.sensitive === true || isSensitive(values, 'name') || isSensitive(values, 'bucket')) return null;
  return described ?? textAt(values, 'name') ?? null;
}

/** The module that an instance is in, as the code has it. */
export function pathOf(instance: Pick<Draft, 'module'>): readonly string[] {
  return namesOf(instance.module);
}
