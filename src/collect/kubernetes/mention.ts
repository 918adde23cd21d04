import type { AssetKind } from '../../inventory/observation.ts';
import { hostsOf } from './endpoint.ts';
import type { Setting } from './setting.ts';

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

const STORES: readonly (readonly [pattern: RegExp, kind: AssetKind])[] = [
  [
    /^(?:postgres(?:ql)?(?:\+\w+)?|mysql(?:\+\w+)?|mariadb|mongodb(?:\+srv)?|sqlserver|jdbc:\w+):|\.(?:rds|docdb|neptune)\.|\.database\.(?:azure|windows)|\.mongodb\.net/i,
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
const BUCKET = /BUCKET([-_.]?NAME)?$/i;
const REGION = /(^|[-_.])REGION$|DefaultRegion$/i;

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
    const path = /^s3:\/\/([^/@\s]+)/.exec(value)?.[1];
    const bucket =
      path ?? (BUCKET.test(name) && /^[a-z0-9][a-z0-9.-]{1,62}$/.test(value) ? value : undefined);
    return bucket === undefined
      ? []
      : [{ bucket, name, beside: besideOf(name, way), isBackup: isBackup(name, way) }];
  });
  const hosts = settings.flatMap(({ name, value, way }) => {
    // Images name registries, which are told apart.
    if (value.startsWith('s3://') || /^image(?:Name)?$/.test(name)) return [];
    return hostsOf(value).flatMap((host) => {
      const kind =
        STORES.find(([pattern]) => pattern.test(value) || pattern.test(host))?.[1] ??
        (S3.test(name) ? 'object_store' : null);
      // A service that stands for a name outside is named for that alone.
      return kind === null && name !== 'externalName' && providerOfHost(host) === null
        ? []
        : [
            {
              host,
              name,
              beside: besideOf(name, way),
              kind: kind ?? ('endpoint' as const),
              isBackup: isBackup(name, way),
            },
          ];
    });
  });
  const stores = hosts.filter(({ kind }) => kind === 'object_store');
  // A bucket is at the address that stands beside it, else at the only one there is.
  const addressOf = (beside: string) =>
    onlyOne(stores.filter((one) => one.beside === beside)) ?? onlyOne(stores);
  const placed = buckets.map((bucket) => ({ ...bucket, store: addressOf(bucket.beside) }));
  const taken = new Set(placed.map(({ store }) => store?.host));
  return [
    ...hosts
      .filter(({ kind, host }) => kind !== 'object_store' || !taken.has(host))
      .map(
        ({ host, name, kind, isBackup: kept }): Mention => ({
          host,
          kind,
          isBackup: kept,
          bucket: null,
          region: kind === 'object_store' ? region : null,
          settings: [name],
        }),
      ),
    ...placed.map(
      ({ bucket, name, isBackup: kept, store }): Mention => ({
        host: store?.host ?? null,
        bucket,
        region,
        kind: 'object_store',
        isBackup: kept || (store?.isBackup ?? false),
        settings: store ? [store.name, name] : [name],
      }),
    ),
  ];
}

/** What a setting stands in: members of one object are beside each other. */
function besideOf(name: string, way: string): string {
  return way.endsWith(`.${name}`) ? way.slice(0, -name.length - 1) : way;
}

function onlyOne<T extends { readonly host: string }>(stores: readonly T[]): T | undefined {
  return new Set(stores.map(({ host }) => host)).size === 1 ? stores[0] : undefined;
}

function isBackup(name: string, way: string): boolean {
  return /backup|barman|velero/i.test(`${way}.${name}`);
}
