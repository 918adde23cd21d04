import { formatPosition } from '../code/document.ts';
import { known, unsaid } from '../code/fact.ts';
import type { Stated } from '../code/observe.ts';
import { at, isValueTree, textOf, type Value, type ValueTree } from '../code/value.ts';
import type { Item } from './document.ts';
import { kindOfImage } from './kind.ts';
import { mentionsOf, settingsOf } from './mention.ts';
import { type Cluster, endOf, placeOf, registries, tagsOf } from './observe.ts';

export function isCompose(tree: ValueTree): boolean {
  return isValueTree(tree['services']) && tree['apiVersion'] === undefined;
}

/** The services and volumes of a compose file. */
export function observeCompose({ tree, positionOf }: Item, cluster: Cluster): readonly Stated[] {
  const section = (name: string): readonly (readonly [string, Value])[] => {
    const value = tree[name];
    return isValueTree(value) ? Object.entries(value) : [];
  };
  const services = section('services').flatMap(([name, service]): readonly Stated[] => {
    const ref = formatPosition(positionOf(['services', name]));
    const image = textOf(at(service, 'image'))?.replace(/\$\{[^}:-]+(?::?-([^}]*))?\}/g, '$1') ?? null;
    const images = image === null ? [] : [image];
    const mentions = mentionsOf(
      isValueTree(service)
        ? settingsOf({ environment: service['environment'], command: service['command'] })
        : [],
      cluster.providerOfHost,
    );
    const ends = mentions.map((mention) => endOf(mention, ref, cluster));
    return [
      {
        subject: `${cluster.label}#services/${name}`,
        ref,
        asset: {
          kind: (image === null ? null : kindOfImage(image)) ?? 'container_service',
          name,
          provider: cluster.provider,
          account: null,
        },
        facts: { ...placeOf(cluster, null, ref), tags: tagsOf(at(service, 'labels')) },
        relations: ends
          .filter(({ mention }) => mention.isBackup)
          .map(({ stated }) => ({ kind: 'backup', to: stated.subject })),
      },
      ...ends.map(({ stated }) => stated),
      ...registries(images, ref, cluster),
    ];
  });
  const volumes = section('volumes').map(([name, volume]): Stated => {
    const ref = formatPosition(positionOf(['volumes', name]));
    const remote = /addr=([^,\s]+)/.exec(textOf(at(volume, 'driver_opts', 'o')) ?? '')?.[1];
    const place =
      remote === undefined
        ? placeOf(cluster, null, ref)
        : {
            'place.derivation': known([ref]),
            'place.region': unsaid(`it is on ${remote}, which does not say where it is`),
          };
    const why = unsaid('a compose file does not say how its volumes are encrypted');
    return {
      subject: `${cluster.label}#volumes/${name}`,
      ref,
      asset: {
        kind: remote === undefined ? 'block_volume' : 'file_share',
        name: textOf(at(volume, 'name')) ?? name,
        provider: remote === undefined ? cluster.provider : null,
        account: null,
      },
      facts: {
        ...place,
        tags: tagsOf(at(volume, 'labels')),
        'encryption.at_rest': why,
        'encryption.key_manager': why,
      },
    };
  });
  return [...services, ...volumes];
}
