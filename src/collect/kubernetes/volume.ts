import { type Facts, known, unsaid } from '../code/fact.ts';
import { at, boolOf, isValueTree, items, textOf, type Value, type ValueTree } from '../code/value.ts';
import type { Named } from './document.ts';

/** `topology.kubernetes.io/zone`, and as drivers write it: `topology.ebs.csi.aws.com/zone`. */
const ZONE = /^(?:topology|failure-domain)\..*\/(?:zone|region)$/;

/** Every place that an object, its pods or the class of its disks are tied to. None: wherever the cluster puts it. */
export function zonesOf(tree: ValueTree, pod: Value, storage: Value): readonly string[] {
  const terms = (selector: Value, list: string, of: string): readonly Value[] =>
    items(at(selector, list)).flatMap((term) => items(at(term, of)));
  const affinity = at(pod, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  const expressions = [
    ...terms(at(tree, 'spec', 'nodeAffinity', 'required'), 'nodeSelectorTerms', 'matchExpressions'),
    ...terms(affinity, 'nodeSelectorTerms', 'matchExpressions'),
    ...terms(tree, 'allowedTopologies', 'matchLabelExpressions'),
    ...terms(storage, 'allowedTopologies', 'matchLabelExpressions'),
  ].filter(
    (one) => ZONE.test(textOf(at(one, 'key')) ?? '') && (textOf(at(one, 'operator')) ?? 'In') === 'In',
  );
  const labels = [at(tree, 'metadata', 'labels'), at(pod, 'nodeSelector')].flatMap((one) =>
    isValueTree(one) ? Object.entries(one).flatMap(([key, value]) => (ZONE.test(key) ? [value] : [])) : [],
  );
  const named = [...expressions.flatMap((one) => items(at(one, 'values'))), ...labels].map(textOf);
  const all = [...new Set(named.filter((one) => one !== null))];
  // A region beside one of its zones says no more.
  return all.filter((one) => !all.some((other) => other !== one && other.startsWith(one)));
}

/** The one place that zones stand for: themselves, or the region that all of them are in; null where they are in several. */
export function regionOfZones(zones: readonly string[]): string | null {
  if (zones.length === 1) return zones[0] ?? null;
  // `eu-west-3a`, `europe-west9-a`, `fr-par-1`.
  const [only, second] = [...new Set(zones.map((zone) => zone.replace(/-\d$|-?[a-z]$/, '')))];
  return second === undefined ? (only ?? null) : null;
}

/** The server of a disk that is a share on the network. */
export function serverOf(tree: ValueTree): string | null {
  return (
    textOf(at(tree, 'spec', 'nfs', 'server')) ?? textOf(at(tree, 'spec', 'csi', 'volumeAttributes', 'server'))
  );
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

export function classOf(spec: Value, all: readonly Named[]): Named | undefined {
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
