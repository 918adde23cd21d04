import type { AssetKind } from '../../inventory/observation.ts';
import { isValueTree, textOf, type Value } from '../code/value.ts';
import { hostOf } from './endpoint.ts';

/** A setting of an object: its name, its value, and the names on the way to it. */
interface Setting {
  readonly name: string;
  readonly value: string;
  readonly way: string;
}

/** A store outside that settings name. */
export interface Mention {
  /** Null for a bucket whose address is not set. */
  readonly host: string | null;
  readonly bucket: string | null;
  readonly region: string | null;
  readonly kind: AssetKind;
  readonly isBackup: boolean;
  /** The settings that name it. */
  readonly settings: readonly string[];
}

/** Every setting in a value: members, and the pairs of `env` and `environment`. Values are never kept whole. */
export function settingsOf(value: Value, way = '', name = ''): readonly Setting[] {
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap((one) => settingsOf(one, way, name));
  if (isValueTree(value)) {
    const pair = textOf(value['name'] ?? value['key']);
    const own = textOf(value['value']);
    if (pair !== null && own !== null) return [{ name: pair, value: plain(own), way }];
    return Object.entries(value).flatMap(([key, one]) => settingsOf(one, `${way}.${key}`, key));
  }
  const text = textOf(value);
  if (text === null) return [];
  const assigned = /(?:^|\.)environment$/.test(way) ? /^([A-Za-z_]\w*)=(.*)$/s.exec(text) : null;
  return [
    assigned
      ? { name: assigned[1] ?? '', value: plain(assigned[2] ?? ''), way }
      : { name, value: plain(text), way },
  ];
}

/** `${NAME:-default}` stands for its default; what is left to the environment is empty. */
function plain(text: string): string {
  return text.replace(/\$\{[^}:-]+(?::?-([^}]*))?\}/g, (_, fallback: string | undefined) => fallback ?? '');
}

const STORES: readonly (readonly [pattern: RegExp, kind: AssetKind])[] = [
  [
    /^(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|sqlserver|jdbc:\w+):|\.(?:rds|docdb|neptune)\.|\.database\.(?:azure|windows)|\.mongodb\.net/i,
    'database',
  ],
  [/^rediss?:|\.cache\.amazonaws|\.redis\.cache\.windows/i, 'cache'],
  [/^amqps?:|\.servicebus\.windows|(?:^|\/\/)sqs\./i, 'queue'],
  [/\.(?:es|aoss)\.amazonaws|opensearch|elastic-cloud/i, 'search_index'],
  [/sentry\.io|datadoghq|newrelic|logs\./i, 'monitoring'],
  [/^smtps?:|email-smtp|sendgrid|mailgun/i, 'email'],
  [
    /^s3:|(?:^|[./])s3[.-]|\.blob\.core\.windows|storage\.googleapis|oos\.|\.exo\.io|your-objectstorage|\.digitaloceanspaces/i,
    'object_store',
  ],
];

const S3 = /S3|BUCKET|OBJECT_?STORAGE|BARMAN|VELERO|MINIO|SPACES/i;
const BUCKET = /BUCKET(_?NAME)?$/i;
const REGION = /(^|_)REGION$|^region$|DefaultRegion$/i;

/** The stores that an object's settings name: by address, or by bucket alone. */
export function mentionsOf(
  settings: readonly Setting[],
  providerOfHost: (host: string) => string | null,
): readonly Mention[] {
  const regions = [
    ...new Set(
      settings
        .filter(({ name }) => REGION.test(name))
        .map(({ value }) => value)
        .filter((one) => /^[a-z0-9-]{2,30}$/i.test(one)),
    ),
  ];
  const region = regions.length === 1 ? (regions[0] ?? null) : null;
  const buckets = settings.flatMap(({ name, value, way }) => {
    const path = /^s3:\/\/([^/\s]+)/.exec(value)?.[1];
    const bucket =
      path ?? (BUCKET.test(name) && /^[a-z0-9][a-z0-9.-]{1,62}$/.test(value) ? value : undefined);
    return bucket === undefined ? [] : [{ bucket, name, isBackup: isBackup(name, way) }];
  });
  const hosts = settings.flatMap(({ name, value, way }) => {
    const host = value.startsWith('s3://') ? null : hostOf(value);
    if (host === null) return [];
    const kind =
      STORES.find(([pattern]) => pattern.test(value) || pattern.test(host))?.[1] ??
      (S3.test(name) ? 'object_store' : null);
    return kind === null && providerOfHost(host) === null
      ? []
      : [{ host, name, kind: kind ?? ('endpoint' as const), isBackup: isBackup(name, way) }];
  });
  const stores = hosts.filter(({ kind }) => kind === 'object_store');
  const [only] = stores;
  const shared = new Set(stores.map(({ host }) => host)).size === 1 ? only : undefined;
  return [
    ...hosts
      .filter(({ kind }) => kind !== 'object_store' || buckets.length === 0 || shared === undefined)
      .map(
        (one): Mention => ({
          ...one,
          bucket: null,
          region: one.kind === 'object_store' ? region : null,
          settings: [one.name],
        }),
      ),
    ...buckets.map(
      ({ bucket, name, isBackup: kept }): Mention => ({
        host: shared?.host ?? null,
        bucket,
        region,
        kind: 'object_store',
        isBackup: kept || (shared?.isBackup ?? false),
        settings: shared ? [shared.name, name] : [name],
      }),
    ),
  ];
}

function isBackup(name: string, way: string): boolean {
  return /backup|barman|velero/i.test(`${way}.${name}`);
}
