import type { AssetKind } from '../../../inventory/observation.ts';
import { kindOf } from '../kind/kind.ts';
import { familyOf, parentsOf } from '../place/family.ts';
import { chosenFor, type Placed, type Placing, placeResource } from '../place/place.ts';
import type { Draft, Instance } from '../resource.ts';
import { type Mention, mention } from './description.ts';
import { describerOf, isDescribed } from './table.ts';
import { tagsOf } from './tags.ts';
import { isSensitive, textAt, type Values } from './values.ts';

const NAMES = ['id', 'arn', 'name', 'self_link', 'bucket_domain_name', 'bucket_regional_domain_name'];

/** Reads what one instance says; its values are not kept. */
export function describeInstance(placing: Placing, instance: Instance, isCode: boolean): Draft {
  const { address, at, values, provider, action, previous, isUncertain, ref, sha256 } = instance;
  const { type, module, key } = at;
  const description = describerOf(type)(values);
  const placed = placeResource(placing, type, provider, values, description.region);
  const chosen = provider === null ? null : chosenFor(placing, type, provider);
  const kind = kindOf(type);
  return {
    address,
    id: address,
    module,
    type,
    label: at.name,
    key,
    kind,
    name: nameOf(values, description.name) ?? at.name,
    placed,
    tags: tagsOf(type, values, { configuration: placing.configuration, chosen, isCode }),
    names: mayBeNamed(kind, type) ? namesOf(values, description.names ?? NONE) : NONE,
    statements: description.statements,
    within: withinOf(type, kind, values, placed),
    standsFor: description.standsFor ?? null,
    action,
    previous,
    isUncertain,
    ref,
    sha256,
  };
}

const NONE: readonly never[] = [];

/** What may say where it is: of what says nothing itself, what it belongs to; of what runs in a subnet, the subnet. */
function withinOf(type: string, kind: AssetKind, values: Values, placed: Placed): readonly Mention[] {
  const attributes = placed.isOpen
    ? parentsOf(type)
    : kind !== 'other' && type.startsWith('aws_')
      ? ['subnet_id', 'subnet_ids.0']
      : NONE;
  return attributes.length === 0 ? NONE : attributes.flatMap((attribute) => mention(values, attribute) ?? []);
}

/** Whether what names it matters: most of what a plan holds is nobody's other end. */
export function mayBeNamed(kind: AssetKind, type: string): boolean {
  return (
    kind !== 'other' || isDescribed(type) || type === 'aws_subnet' || (familyOf(type)?.within.length ?? 0) > 0
  );
}

function namesOf(values: Values, more: readonly string[]): readonly string[] {
  return [...new Set([...NAMES, ...more].flatMap((attribute) => textAt(values, attribute) ?? []))];
}

/** The name that people see, unless it is marked sensitive. */
function nameOf(values: Values, described: string | null | undefined): string | null {
  if (values.sensitive === true || isSensitive(values, 'name') || isSensitive(values, 'bucket')) return null;
  return described ?? textAt(values, 'name') ?? null;
}
