import type { AssetKind } from '../../inventory/observation.ts';
import { formatPosition } from '../code/document.ts';
import { unsaid } from '../code/fact.ts';
import type { Stated } from '../code/observe.ts';
import { at, isValueTree, items, textOf, type Value } from '../code/value.ts';
import type { Named } from './document.ts';

const ADDRESS =
  /(?:ENDPOINT(?:_?URL)?|URL|URI|HOST(?:NAME)?|DSN|ADDR(?:ESS)?|SERVER|CONNECTION(?:_?STRING)?)$/i;

const STORES: readonly (readonly [pattern: RegExp, kind: AssetKind])[] = [
  [/S3|BUCKET|OBJECT_?STORAGE|MINIO|BLOB|SWIFT/i, 'object_store'],
  [/DATABASE|(?:^|_)(?:DB|PG|SQL)_|POSTGRES|MYSQL|MARIADB|MONGO/i, 'database'],
  [/REDIS|VALKEY|MEMCACHE/i, 'cache'],
  [/AMQP|RABBIT|KAFKA/i, 'queue'],
  [/SMTP|MAIL/i, 'email'],
];

/** Stores whose address is in a secret: named by the secret, and nowhere known. What the secret holds is nobody's to read here. */
export function secretEnds(item: Named, pod: Value): readonly Stated[] {
  const namespace = textOf(at(item.tree, 'metadata', 'namespace'));
  const variables = ['initContainers', 'containers']
    .flatMap((list) => items(at(pod, list)))
    .flatMap((container) => items(at(container, 'env')));
  const found = variables.flatMap((variable): readonly Stated[] => {
    const name = textOf(at(variable, 'name')) ?? '';
    const secret = textOf(at(variable, 'valueFrom', 'secretKeyRef', 'name'));
    const key = textOf(at(variable, 'valueFrom', 'secretKeyRef', 'key'));
    const kind = STORES.find(([pattern]) => pattern.test(name))?.[1];
    if (secret === null || kind === undefined || !ADDRESS.test(name)) return [];
    return [
      {
        subject: `secret ${[namespace, secret, key].filter((one) => one !== null).join('/')}`,
        ref: formatPosition(item.where),
        asset: { kind, name, provider: null, account: null, external: true },
        facts: { 'place.region': unsaid(`${name}: its address is in the secret ${secret}`) },
      },
    ];
  });
  return [...new Map(found.map((one) => [one.subject, one])).values()];
}

/** Stores whose address is left to whoever starts a service: named by the variable, and nowhere known. */
export function openEnds(environment: Value, ref: string): readonly Stated[] {
  const pairs = isValueTree(environment)
    ? Object.entries(environment).map(([name, value]) => [name, textOf(value)] as const)
    : items(environment).map((one) => {
        const [name = '', ...value] = (textOf(one) ?? '').split('=');
        return [name, value.length === 0 ? null : value.join('=')] as const;
      });
  return pairs.flatMap(([name, value]): readonly Stated[] => {
    const kind = STORES.find(([pattern]) => pattern.test(name))?.[1];
    const isOpen = value === null || OPEN.test(value);
    if (kind === undefined || !ADDRESS.test(name) || !isOpen) return [];
    return [
      {
        subject: `variable ${name}`,
        ref,
        asset: { kind, name, provider: null, account: null, external: true },
        facts: { 'place.region': unsaid(`${name}: its value is left to the environment`) },
      },
    ];
  });
}

/** A variable without a default in the place of the host. */
const OPEN = /^(?:[a-z][a-z0-9+.:-]*:\/\/(?:[^/\s]*@)?)?(?:\$[A-Za-z_]|\$\{[A-Za-z_]\w*(?::?\?[^{}]*)?\})/i;
