import type { SeenRelation } from '../../inventory/observation.ts';
import { formatPosition } from '../code/document.ts';
import { type Facts, known, unsaid } from '../code/fact.ts';
import type { Stated } from '../code/observe.ts';
import { at, isValueTree, items, textOf, type Value, type ValueTree } from '../code/value.ts';
import type { Item, Named } from './document.ts';
import { endpointOf, isInside, placeOfEndpoint, registryOf } from './endpoint.ts';
import { kindOf, kindOfImage } from './kind.ts';
import { backupPlace, type Managed, managedBy } from './managed.ts';
import { type Mention, mentionsOf } from './mention.ts';
import { secretEnds } from './secret.ts';
import { settingsOfObject } from './setting.ts';
import { classOf, providerOf, regionOfZones, serverOf, volumeFacts, zonesOf } from './volume.ts';

/** Where the cluster runs, as far as the configuration says. */
export interface Cluster {
  readonly label: string;
  readonly provider: string | null;
  readonly region: string | null;
  readonly providerOfHost: (host: string) => string | null;
}

/** An object by kind, namespace and name. Null for what is no object. */
export function nameItem(item: Item, label: string): Named | null {
  const kind = textOf(item.tree['kind']);
  if (kind === null || textOf(item.tree['apiVersion']) === null) return null;
  const name =
    textOf(at(item.tree, 'metadata', 'name')) ??
    textOf(at(item.tree, 'metadata', 'generateName')) ??
    `line-${item.where.line}`;
  const namespace = textOf(at(item.tree, 'metadata', 'namespace'));
  return {
    ...item,
    kind,
    name,
    id: `${label}#${[kind, ...(namespace === null ? [] : [namespace]), name].join('/')}`,
  };
}

/** Everything that an object says of itself and of what it names outside the cluster. */
export function observeItem(item: Named, all: readonly Named[], cluster: Cluster): readonly Stated[] {
  const { tree, id, kind, name } = item;
  const ref = formatPosition(item.where);
  const pod = podOf(tree, kind);
  const images = containersOf(pod).flatMap((one) => textOf(one['image']) ?? []);
  const own = kindOf(kind, textOf(tree['apiVersion']) ?? '');
  const store = own === 'container_service' ? images.map(kindOfImage).find((one) => one !== null) : undefined;
  const isVolume = own === 'block_volume';
  // What a secret holds is nobody's to read here.
  const mentions =
    kind === 'Secret' || isVolume
      ? []
      : mentionsOf([...settingsOfObject(tree), ...configured(item, pod, all)], cluster.providerOfHost);
  // A location that says where it is, is its bucket.
  const isTold = kind === 'BackupStorageLocation' && backupPlace(tree) !== null;
  const ends = mentions
    .filter(({ host }) => host !== null || !isTold)
    .map((mention) => endOf(mention, ref, cluster));
  const zones = zonesOf(tree, pod, isVolume ? classOf(at(tree, 'spec'), all)?.tree : undefined);
  const server = isVolume ? serverOf(tree) : null;
  const share = server === null || isInside(server) ? null : endpointOf(server, cluster.providerOfHost);
  const volume = isVolume ? volumeFacts(at(tree, 'spec'), all) : {};
  const managed = managedBy(tree, kind) ?? (kind === 'BackupStorageLocation' ? locationOf(tree, ends) : null);
  const relations = ends.flatMap(({ stated, mention }): SeenRelation[] =>
    mention.isBackup ? [{ kind: 'backup', to: stated.subject }] : [],
  );
  return [
    {
      subject: id,
      ref,
      relations,
      asset: {
        kind: managed?.kind ?? store ?? (server === null ? own : 'file_share'),
        name,
        provider: managed
          ? managed.provider
          : share
            ? share.provider
            : (providerOf(tree, all) ?? cluster.provider),
        account: null,
      },
      facts: {
        ...(managed
          ? { 'place.derivation': known([ref]), ...managed.facts }
          : share
            ? placeOfEndpoint(share, null)
            : placeOf(cluster, zones, ref)),
        tags: tagsOf(at(tree, 'metadata', 'labels')),
        ...volume,
      },
    },
    ...items(at(tree, 'spec', 'volumeClaimTemplates'))
      .filter(isValueTree)
      .map(
        (claim, i): Stated => ({
          subject: `${id}/${textOf(at(claim, 'metadata', 'name')) ?? `claim-${i + 1}`}`,
          ref: formatPosition(item.positionOf(['spec', 'volumeClaimTemplates', i])),
          asset: {
            kind: 'block_volume',
            name: `${textOf(at(claim, 'metadata', 'name')) ?? 'claim'}-${name}`,
            provider: providerOf(claim, all) ?? cluster.provider,
            account: null,
          },
          facts: {
            ...placeOf(cluster, zonesOf(claim, pod, classOf(at(claim, 'spec'), all)?.tree), ref),
            tags: tagsOf(at(claim, 'metadata', 'labels') ?? at(tree, 'metadata', 'labels')),
            ...volumeFacts(at(claim, 'spec'), all),
          },
        }),
      ),
    ...ends.map(({ stated }) => stated),
    ...secretEnds(item, pod),
    ...registries(images, ref, cluster),
  ];
}

export function placeOf(
  { region, provider, label }: Pick<Cluster, 'region' | 'provider' | 'label'>,
  zones: readonly string[],
  ref: string,
): Facts {
  if (zones.length > 0) {
    const zone = regionOfZones(zones);
    return {
      'place.derivation': known([ref, ...zones.map((one) => `zone ${one}`)]),
      'place.region': zone === null ? unsaid(`it may be in any of ${zones.join(', ')}`) : known(zone),
    };
  }
  if (region !== null)
    return {
      'place.derivation': known([ref, `cluster ${label}: ${provider ?? '?'}/${region}`]),
      'place.region': known(region),
    };
  return {
    'place.derivation': known([ref]),
    'place.region': unsaid(
      'a manifest does not say where its cluster runs: give `provider` and `region` with it in bercail.yaml',
    ),
  };
}

export function endOf(
  mention: Mention,
  ref: string,
  cluster: Cluster,
): { readonly stated: Stated; readonly mention: Mention } {
  const { host, bucket, region, kind, settings } = mention;
  const endpoint = host === null ? null : endpointOf(host, cluster.providerOfHost);
  const subject = host === null ? `bucket ${bucket ?? '?'}` : bucket === null ? host : `${host}/${bucket}`;
  // Tools reach Amazon's own S3 where nothing else is said, but a manifest may leave the address to a secret.
  const facts = endpoint
    ? placeOfEndpoint(endpoint, region)
    : { 'place.region': unsaid(`${settings.join(', ')}: the address of the store is not set here`) };
  return {
    mention,
    stated: {
      subject,
      ref,
      asset: { kind, name: bucket ?? host ?? subject, provider: endpoint?.provider ?? null, account: null },
      facts,
    },
  };
}

/** Where images come from: what runs is what was put there. */
export function registries(
  images: readonly string[],
  ref: string,
  { providerOfHost }: Cluster,
): readonly Stated[] {
  return [...new Set(images.map(registryOf))].map((host): Stated => {
    const endpoint = endpointOf(host, providerOfHost);
    return {
      subject: `registry ${host}`,
      ref,
      asset: { kind: 'other', name: host, provider: endpoint.provider, account: null, external: true },
      facts: placeOfEndpoint(endpoint, null),
    };
  });
}

function podOf(tree: ValueTree, kind: string): Value {
  return kind === 'Pod'
    ? at(tree, 'spec')
    : kind === 'CronJob'
      ? at(tree, 'spec', 'jobTemplate', 'spec', 'template', 'spec')
      : at(tree, 'spec', 'template', 'spec');
}

function containersOf(pod: Value): readonly ValueTree[] {
  return ['initContainers', 'containers'].flatMap((name) => items(at(pod, name))).filter(isValueTree);
}

/** What backups are kept in is where its address says, never where the cluster is. */
function locationOf(tree: ValueTree, ends: readonly { readonly stated: Stated }[]): Managed {
  const [end] = ends;
  return (
    backupPlace(tree) ?? {
      provider: end?.stated.asset?.provider ?? null,
      kind: 'backup_vault',
      facts: end?.stated.facts ?? { 'place.region': unsaid('the address of its store is not set here') },
    }
  );
}

/** Settings that a pod takes from config maps of the same files and namespace. */
function configured(item: Named, pod: Value, all: readonly Named[]) {
  const namespace = (one: Named): string | null => textOf(at(one.tree, 'metadata', 'namespace'));
  const names = new Set(
    containersOf(pod).flatMap((one) => [
      ...items(one['envFrom']).map((from) => textOf(at(from, 'configMapRef', 'name'))),
      ...items(one['env']).map((variable) => textOf(at(variable, 'valueFrom', 'configMapKeyRef', 'name'))),
    ]),
  );
  return all
    .filter((one) => one.kind === 'ConfigMap' && names.has(one.name) && namespace(one) === namespace(item))
    .flatMap(({ tree }) => settingsOfObject(tree));
}

export function tagsOf(labels: Value): Facts[string] {
  const pairs = isValueTree(labels)
    ? Object.entries(labels)
    : items(labels).map((one): [string, Value] => {
        const [key = '', ...rest] = (textOf(one) ?? '').split('=');
        return [key, rest.join('=')];
      });
  return pairs.length === 0
    ? { state: 'absent' }
    : known(Object.fromEntries(pairs.map(([key, value]) => [key, textOf(value) ?? ''])));
}
