import type { Fact } from '../../../inventory/fact.ts';
import type { AssetKind, RelationKind } from '../../../inventory/observation.ts';
import { parseArn, providerOfAwsRegion } from '../../code/arn.ts';
import { known, unsaid } from '../../code/fact.ts';
import { modulePath } from '../address.ts';
import { moduleAt } from '../configuration/model.ts';
import type { Mention } from '../describe/description.ts';
import { noValues } from '../describe/values.ts';
import { kindOf } from '../kind/kind.ts';
import { familyOf } from '../place/family.ts';
import { type Placed, type Placing, placeResource } from '../place/place.ts';
import type { Draft } from '../resource.ts';
import type { Target } from './resolve.ts';
import type { Said } from './said.ts';

type Place = Pick<Placed, 'provider' | 'account' | 'region' | 'derivation'>;

/** The other end of something, outside of what is read: as far as its name tells, or the data source that looks it up. */
export function outside(
  placing: Placing,
  target: Exclude<Target, { kind: 'here' }>,
  mention: Mention,
  relation: RelationKind,
  by: Draft,
): Said {
  if (target.kind === 'data') {
    const { path, type, name } = target;
    const subject = [modulePath(path), `data.${type}.${name}`].filter((part) => part !== '').join('.');
    return end(subject, kindOf(type), placeOfData(placing, target), by);
  }
  const kind = kindByRelation(relation, mention.attribute, by);
  if (target.kind === 'untold') {
    const subject = `${by.id}#${[relation, ...(mention.attribute.match(/\d+/g) ?? [])].join('.')}`;
    return end(subject, kind, placeByName(by, null, unsaid(target.why)), by);
  }
  const { name } = target;
  const nowhere = unsaid(`${name} is not here, and its name does not say where it is`);
  return end(name, kind, placeByName(by, name, nowhere), by);
}

/** A data source reads where its provider configuration points. */
function placeOfData(placing: Placing, { path, type, name }: Extract<Target, { kind: 'data' }>): Place {
  const { plan, code } = placing.configuration;
  const declared = [plan, code].flatMap(
    (root) => moduleAt(root, path)?.resources.get(`data.${type}.${name}`) ?? [],
  );
  return placeResource(placing, type, declared[0]?.provider ?? null, noValues);
}

function placeByName({ type }: Draft, name: string | null, nowhere: Fact): Place {
  const arn = name === null ? null : parseArn(name);
  const region = arn?.region ?? null;
  const family = familyOf(type)?.provider ?? null;
  return {
    provider: family === 'aws' ? providerOfAwsRegion(region) : family,
    account: arn?.account ?? null,
    region: region === null ? nowhere : known(region),
    derivation: region === null || name === null ? [] : [name],
  };
}

function end(
  subject: string,
  kind: AssetKind,
  { provider, account, region, derivation }: Place,
  by: Draft,
): Said {
  const steps = derivation.length > 0 ? { 'place.derivation': known([...derivation]) } : {};
  const name = parseArn(subject)?.resource ?? subject;
  return {
    subject,
    by,
    asset: { kind, name, provider, account, external: true },
    facts: { 'place.region': region, ...steps },
  };
}

function kindByRelation(relation: RelationKind, attribute: string, by: Draft): AssetKind {
  if (/bucket|storage_account/.test(attribute)) return 'object_store';
  if (/vault_(name|arn|id)/.test(attribute) && relation === 'backup') return 'backup_vault';
  if (relation === 'key') return 'key';
  if (relation === 'log') return 'log_store';
  return relation === 'snapshot' ? 'snapshot' : by.kind;
}
