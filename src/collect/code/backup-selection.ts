import { type Fact, isTree } from '../../inventory/fact.ts';
import { matchesGlob } from '../../inventory/glob.ts';

/** What an assignment of AWS Backup takes: `(resources or tags) and conditions`, without what is excepted. */
export interface Selection {
  /** ARNs, mostly with `*`. */
  readonly resources: readonly string[];
  readonly except: readonly string[];
  /** Any one of them is enough. */
  readonly tags: readonly Tag[];
  /** All of them have to hold. */
  readonly conditions: readonly Condition[];
}

interface Tag {
  readonly key: string;
  readonly value: string;
}

interface Condition extends Tag {
  readonly operator: 'equals' | 'like' | 'not_equals' | 'not_like';
}

/** A resource as far as its code tells. */
export interface Candidate {
  readonly type: string;
  readonly names: readonly string[];
  readonly region: string | null;
  readonly tags: Fact | null;
}

/** What AWS Backup takes, by how its ARNs go on after the account. */
const STEMS: readonly (readonly [types: RegExp, service: string, stem: string])[] = [
  [/^(aws_dynamodb_table|AWS::DynamoDB::(Global)?Table)$/, 'dynamodb', 'table/'],
  [/^(aws_ebs_volume|AWS::EC2::Volume)$/, 'ec2', 'volume/'],
  [/^(aws_instance|AWS::EC2::Instance)$/, 'ec2', 'instance/'],
  [/^(aws_db_instance|AWS::RDS::DBInstance)$/, 'rds', 'db:'],
  [/^(aws_(rds|docdb|neptune)_cluster|AWS::(RDS|DocDB|Neptune)::DBCluster)$/, 'rds', 'cluster:'],
  [/^(aws_s3_bucket|AWS::S3::Bucket)$/, 's3', ''],
  [/^(aws_efs_file_system|AWS::EFS::FileSystem)$/, 'elasticfilesystem', 'file-system/'],
  [/^(aws_fsx_\w+_file_system|AWS::FSx::FileSystem)$/, 'fsx', 'file-system/'],
  [/^(aws_redshift_cluster|AWS::Redshift::Cluster)$/, 'redshift', 'cluster:'],
  [/^(aws_timestreamwrite_database|AWS::Timestream::Database)$/, 'timestream', 'database/'],
  [/^(aws_eks_cluster|AWS::EKS::Cluster)$/, 'eks', 'cluster/'],
];

/**
 * Whether an assignment takes a resource. What nobody can tell of it (its tags, an id that it gets later) does not keep
 * it out: a backup that is overlooked is data in a place that nobody looks at.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
 */
export function isSelected(
  { resources, except, tags, conditions }: Selection,
  candidate: Candidate,
): boolean {
  const [, service, stem] = STEMS.find(([types]) => types.test(candidate.type)) ?? [];
  if (service === undefined || stem === undefined) return false;
  const named = (pattern: string): boolean => isNamed(pattern, service, stem, candidate);
  if (except.some(named)) return false;
  if (!conditions.every((condition) => holds(condition, candidate.tags))) return false;
  if (resources.length + tags.length === 0) return true;
  return resources.some(named) || tags.some((tag) => holds({ ...tag, operator: 'equals' }, candidate.tags));
}

function isNamed(pattern: string, service: string, stem: string, { names, region }: Candidate): boolean {
  if (pattern === '*') return true;
  if (!/[*?]/.test(pattern)) return names.includes(pattern);
  const [, , ofService = '', ofRegion = '', , ...rest] = pattern.split(':');
  if (!matchesGlob(ofService, service)) return false;
  if (ofRegion !== '' && region !== null && !matchesGlob(ofRegion, region)) return false;
  const resource = rest.join(':');
  const own = names.filter((name) => !name.includes(':'));
  return (own.length === 0 ? [''] : own).some((name) => matchesGlob(resource, `${stem}${name}`));
}

/** Conditions name a tag as `aws:ResourceTag/KEY`; what has no tags at all is none that differs. */
function holds({ operator, key, value }: Condition, tags: Fact | null): boolean {
  if (tags === null || tags.state === 'absent') return operator.startsWith('not_');
  if (tags.state !== 'known' || !isTree(tags.value)) return true;
  const own = tags.value[key.replace(/^aws:ResourceTag\//, '')];
  if (own === null) return true;
  const matches =
    typeof own === 'string' && (operator.endsWith('like') ? matchesGlob(value, own) : own === value);
  return operator.startsWith('not_') ? !matches : matches;
}
