import { type Facts, known, unsaid } from '../code/fact.ts';
import { at, boolOf, items, textOf, type Value, type ValueTree } from '../code/value.ts';
import type { Named } from './document.ts';

const ZONES = [
  'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/region',
];

/** Where the object is tied to, if to one place alone. */
export function zoneOf(tree: ValueTree): string | null {
  const terms = items(at(tree, 'spec', 'nodeAffinity', 'required', 'nodeSelectorTerms')).flatMap((term) =>
    items(at(term, 'matchExpressions')),
  );
  const values = terms
    .filter((one) => ZONES.includes(textOf(at(one, 'key')) ?? ''))
    .flatMap((one) => items(at(one, 'values')).map(textOf));
  const labels = ZONES.map((label) => textOf(at(tree, 'metadata', 'labels', label)));
  const [only, second] = [...new Set([...values, ...labels].filter((one) => one !== null))];
  return only !== undefined && (second === undefined || second.startsWith(only) || only.startsWith(second))
    ? only
    : null;
}

const DRIVERS: readonly (readonly [pattern: RegExp, provider: string])[] = [
  [/\.csi\.aws\.com$|kubernetes\.io\/aws/, 'aws'],
  [/\.csi\.azure\.com$|kubernetes\.io\/azure/, 'azure'],
  [/\.csi\.storage\.gke\.io$|kubernetes\.io\/gce/, 'gcp'],
  [/csi\.scaleway\.com$/, 'scaleway'],
  [/csi\.hetzner\.cloud$/, 'hetzner'],
  [/csi\.exoscale\.com$/, 'exoscale'],
  [/\.csi\.outscale\.com$/, 'outscale'],
];

function classOf(spec: Value, all: readonly Named[]): Named | undefined {
  const name = textOf(at(spec, 'storageClassName'));
  return name === null ? undefined : all.find((one) => one.kind === 'StorageClass' && one.name === name);
}

/** Whose disks a storage class gives, as its driver tells. */
export function providerOf(tree: ValueTree, all: readonly Named[]): string | null {
  const driver =
    textOf(at(tree, 'spec', 'csi', 'driver')) ??
    textOf(at(classOf(at(tree, 'spec'), all)?.tree, 'provisioner'));
  return driver === null ? null : (DRIVERS.find(([pattern]) => pattern.test(driver))?.[1] ?? null);
}

export function volumeFacts(spec: Value, all: readonly Named[]): Facts {
  const storage = classOf(spec, all);
  const parameters = at(storage?.tree, 'parameters');
  const encrypted = boolOf(at(parameters, 'encrypted'));
  const key =
    textOf(at(parameters, 'kmsKeyId')) ??
    textOf(at(parameters, 'diskEncryptionSetID')) ??
    textOf(at(parameters, 'disk-encryption-kms-key'));
  if (encrypted === true || key !== null)
    return {
      'encryption.at_rest': known(true),
      'encryption.key_manager': known(key === null ? 'provider' : 'customer'),
    };
  const name = textOf(at(spec, 'storageClassName'));
  const why = unsaid(
    storage
      ? `the storage class ${storage.name} does not say`
      : name === null
        ? 'it is the cluster’s default storage class that decides'
        : `the storage class ${name} is not in the manifests`,
  );
  return { 'encryption.at_rest': why, 'encryption.key_manager': why };
}
