import type { Fact } from '../../inventory/fact.ts';
import { isSelected, type Selection } from '../code/backup-selection.ts';
import { at, items, Open, refsOf, textOf, type Value } from '../code/value.ts';
import type { Around, Resource } from './describe/description.ts';

const OPERATORS = {
  StringEquals: 'equals',
  StringLike: 'like',
  StringNotEquals: 'not_equals',
  StringNotLike: 'not_like',
} as const;

/** The resources that a selection of AWS Backup takes: by reference, by pattern, by tag. */
export function selectedBy(
  properties: Value,
  around: Around,
  tagsOf: (resource: Resource) => Fact,
): readonly Resource[] {
  const written = at(properties, 'BackupSelection');
  const resources = items(at(written, 'Resources'));
  const referred = resources.flatMap(refsOf);
  const pairs = (list: Value): Selection['tags'] =>
    items(list).flatMap((one) => {
      const [key, value] = [textOf(at(one, 'ConditionKey')), textOf(at(one, 'ConditionValue'))];
      return key !== null && value !== null ? [{ key, value }] : [];
    });
  const tags = pairs(at(written, 'ListOfTags'));
  const patterns = resources.flatMap(patternOf);
  const selection: Selection = {
    resources: patterns,
    except: items(at(written, 'NotResources')).flatMap(patternOf),
    tags,
    conditions: Object.entries(OPERATORS).flatMap(([name, operator]) =>
      pairs(at(written, 'Conditions', name)).map((pair) => ({ ...pair, operator })),
    ),
  };
  const isBroad = patterns.length + tags.length > 0 || resources.length === 0;
  return [...around.resources.values()].filter(
    (one) =>
      referred.includes(one.logical) ||
      (isBroad &&
        isSelected(selection, {
          type: one.type,
          names: NAMES.flatMap((name) => textOf(at(one.properties, name)) ?? []),
          region: around.region,
          tags: tagsOf(one),
        })),
  );
}

const NAMES = [
  'TableName',
  'BucketName',
  'DBInstanceIdentifier',
  'DBClusterIdentifier',
  'ClusterIdentifier',
  'Name',
  'DatabaseName',
];

/** A text with `*`: as written, or made of what is known when it is deployed (`arn:${AWS::Partition}:…`). */
function patternOf(value: Value): readonly string[] {
  const text = value instanceof Open ? (value.refs.length > 0 ? null : value.text) : textOf(value);
  return text?.includes('*') ? [text] : [];
}
