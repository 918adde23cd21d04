import type { AssetKind } from '../../inventory/observation.ts';

/** Kinds of objects that hold data, or work on it. Others are of kind `other`. */
const kinds: { readonly [kind: string]: AssetKind } = {
  PersistentVolumeClaim: 'block_volume',
  PersistentVolume: 'block_volume',
  VolumeSnapshot: 'snapshot',
  StatefulSet: 'container_service',
  Deployment: 'container_service',
  DaemonSet: 'container_service',
  ReplicaSet: 'container_service',
  Pod: 'container_service',
  Job: 'container_service',
  CronJob: 'container_service',
  Rollout: 'container_service',
  Ingress: 'load_balancer',
  Gateway: 'load_balancer',
  Service: 'endpoint',
  // Operators, by the kinds that they add.
  Cluster: 'database',
  PostgresCluster: 'database',
  postgresql: 'database',
  MariaDB: 'database',
  PerconaServerMySQL: 'database',
  MongoDBCommunity: 'database',
  PerconaServerMongoDB: 'database',
  RedisCluster: 'cache',
  Redis: 'cache',
  Elasticsearch: 'search_index',
  OpenSearchCluster: 'search_index',
  Kafka: 'stream',
  RabbitmqCluster: 'queue',
  Tenant: 'object_store',
  CephObjectStore: 'object_store',
  ObjectBucketClaim: 'object_store',
  BackupStorageLocation: 'backup_vault',
};

/** Kinds whose name other projects use for something else: they count with their own group alone. */
const groups: { readonly [kind: string]: RegExp } = {
  Cluster: /^postgresql\.cnpg\.io\//,
  Tenant: /^minio\.min\.io\//,
  Redis: /redis/,
};

export function kindOf(kind: string, apiVersion: string): AssetKind {
  const known = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  const group = Object.hasOwn(groups, kind) ? groups[kind] : undefined;
  return known === undefined || (group !== undefined && !group.test(apiVersion)) ? 'other' : known;
}

/** Images of stores: what runs them keeps data. */
const images: readonly (readonly [pattern: RegExp, kind: AssetKind])[] = [
  [
    /(^|\/)(postgres|postgresql|postgis|pgvector|timescaledb|mysql|mariadb|percona|mongo|mongodb|couchdb|cassandra|scylla|cockroach|neo4j|mssql|clickhouse)[^/]*$/i,
    'database',
  ],
  [/(^|\/)(redis|valkey|keydb|memcached|dragonfly)[^/]*$/i, 'cache'],
  [/(^|\/)(elasticsearch|opensearch|solr|meilisearch|typesense)[^/]*$/i, 'search_index'],
  [/(^|\/)(minio|garage|seaweedfs|zenko)[^/]*$/i, 'object_store'],
  [/(^|\/)(rabbitmq|nats|activemq)[^/]*$/i, 'queue'],
  [/(^|\/)(kafka|redpanda|pulsar)[^/]*$/i, 'stream'],
  [/(^|\/)(loki|graylog)[^/]*$/i, 'log_store'],
  [/(^|\/)(keycloak|openldap|lemonldap-ng)[^/]*$/i, 'identity_directory'],
];

export function kindOfImage(image: string): AssetKind | null {
  const name = image.replace(/@sha256:.*$/s, '').replace(/:[^:/]*$/, '');
  return images.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
