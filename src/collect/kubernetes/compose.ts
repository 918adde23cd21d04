import { formatPosition } from '../code/document.ts';
import { known, unsaid } from '../code/fact.ts';
import type { Stated } from '../code/observe.ts';
import { at, isValueTree, items, textOf, type Value, type ValueTree } from '../code/value.ts';
import type { Item } from './document.ts';
import { baseOf, envFilesOf, extended, type SettingFiles } from './environment.ts';
import { kindOfImage } from './kind.ts';
import { mentionsOf } from './mention.ts';
import { type Cluster, endOf, placeOf, registries, tagsOf } from './observe.ts';
import { openEnds } from './secret.ts';
import { fileSettings, settingsOf } from './setting.ts';

export function isCompose(tree: ValueTree): boolean {
  return isValueTree(tree['services']) && tree['apiVersion'] === undefined;
}

/** Something that a compose file leaves to a file that was not read. */
interface Elsewhere {
  readonly subject: string;
  readonly why: string;
  readonly ref: string;
}

/** What a compose file takes from others: what is in them is not known to be harmless. */
export function elsewhere(
  { tree, positionOf }: Item,
  label: string,
  files: SettingFiles,
): readonly Elsewhere[] {
  const services = isValueTree(tree['services']) ? tree['services'] : {};
  const included = items(tree['include']).map((one, i): Elsewhere => {
    const path = textOf(one) ?? items(at(one, 'path')).map(textOf).join(', ');
    return {
      subject: `${label}#include/${path}`,
      why: `it includes ${path}: check that file, or what \`docker compose config\` prints`,
      ref: formatPosition(positionOf(['include', i])),
    };
  });
  const named = Object.entries(services).flatMap(([name, service]): readonly Elsewhere[] => {
    const ref = formatPosition(positionOf(['services', name]));
    const base = baseOf(service);
    return [
      ...(base?.file == null
        ? []
        : [
            {
              subject: `${label}#services/${name}/extends`,
              why: `it extends ${base.service} of ${base.file}, which \`docker compose config\` puts together`,
              ref,
            },
          ]),
      ...envFilesOf(service)
        .filter(({ path, required }) => required && files.get(path) == null)
        .map(({ path }) => ({
          subject: `${label}#services/${name}/${path}`,
          why: `its settings are in ${path}, which is not here`,
          ref,
        })),
    ];
  });
  return [...included, ...named];
}

/** The services and volumes of a compose file. */
export function observeCompose(
  { tree, positionOf }: Item,
  cluster: Cluster,
  files: SettingFiles,
): readonly Stated[] {
  const section = (name: string): readonly (readonly [string, Value])[] => {
    const value = tree[name];
    return isValueTree(value) ? Object.entries(value) : [];
  };
  const all = isValueTree(tree['services']) ? tree['services'] : {};
  const services = Object.keys(all).flatMap((name): readonly Stated[] => {
    const service = extended(all, name);
    const ref = formatPosition(positionOf(['services', name]));
    const image =
      textOf(at(service, 'image'))?.replace(/\$\{[^{}$:-]+(?::?-([^}]{0,300}))?\}/g, '$1') ?? null;
    const images = image === null ? [] : [image];
    const { environment, command, entrypoint } = isValueTree(service) ? service : {};
    const mentions = mentionsOf(
      [
        ...settingsOf({ environment, command, entrypoint }),
        ...envFilesOf(service).flatMap(({ path }) => fileSettings(files.get(path) ?? '', '', path)),
      ],
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
        facts: { ...placeOf(cluster, [], ref), tags: tagsOf(at(service, 'labels')) },
        relations: ends
          .filter(({ mention }) => mention.isBackup)
          .map(({ stated }) => ({ kind: 'backup', to: stated.subject })),
      },
      ...ends.map(({ stated }) => stated),
      ...openEnds(at(service, 'environment'), ref),
      ...registries(images, ref, cluster),
    ];
  });
  const volumes = section('volumes').map(([name, volume]): Stated => {
    const ref = formatPosition(positionOf(['volumes', name]));
    const remote = /addr=([^,\s]+)/.exec(textOf(at(volume, 'driver_opts', 'o')) ?? '')?.[1];
    const place =
      remote === undefined
        ? placeOf(cluster, [], ref)
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
