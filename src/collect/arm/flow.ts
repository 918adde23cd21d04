import { known, unsaid } from '../code/fact.ts';
import { at, items, textOf } from '../code/value.ts';
import { type Copy, type Describe, prop, tie } from './description.ts';

/** What a front door or a content network serves it keeps at its edges. */
export const origins: Describe = (resource) => ({
  ties: [
    ...tie('origin', 'other', prop(resource, 'hostName'), true),
    ...items(prop(resource, 'origins')).flatMap((one) =>
      tie('origin', 'other', at(one, 'properties', 'hostName'), true),
    ),
    ...items(prop(resource, 'backendPools'))
      .flatMap((pool) => items(at(pool, 'properties', 'backends')))
      .flatMap((backend) => tie('origin', 'other', at(backend, 'address'), true)),
  ],
});

/** A volume that receives names the one that it copies. */
export const volume: Describe = (resource) => {
  const replication = prop(resource, 'dataProtection', 'replication');
  const isSource = /^src$/i.test(textOf(at(replication, 'endpointType')) ?? '');
  return { ties: tie('replica', 'file_share', at(replication, 'remoteVolumeResourceId'), !isSource) };
};

/** A cluster that is a replica names what it reads from. */
export const replica: Describe = (resource) => ({
  ties: tie(
    'replica',
    'database',
    prop(resource, 'sourceResourceId') ?? prop(resource, 'replicaParameters', 'sourceResourceId'),
    true,
  ),
});

export const image: Describe = (resource) => ({
  copies: items(prop(resource, 'publishingProfile', 'targetRegions')).map(
    (one, i): Copy => ({
      suffix: textOf(at(one, 'name')) ?? `replica-${i + 1}`,
      kind: 'replica',
      as: 'snapshot',
      location: at(one, 'name'),
    }),
  ),
});

/** « Global » and « DataZone » deployments answer wherever there is room. https://learn.microsoft.com/azure/ai-services/openai/how-to/deployment-types */
export const model: Describe = ({ body }) => {
  const sku = textOf(at(body, 'sku', 'name')) ?? '';
  const isGlobal = /^global/i.test(sku);
  const region = isGlobal
    ? known('global')
    : /^datazone/i.test(sku)
      ? unsaid(`${sku} answers from any region of its data zone`)
      : null;
  return region === null ? {} : { facts: { 'place.region': region } };
};
