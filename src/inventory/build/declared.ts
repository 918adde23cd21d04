import { type Evidence, isTree, type Json, jsonText, type Tree } from '../fact.ts';
import type { Activity, Attestation, Claim, Dataset, Flow, Text } from '../noun.ts';
import type { ManifestInput, TagClass } from './input.ts';

export function treeOf(value: Json | undefined): Tree {
  return isTree(value) ? value : {};
}

export function textOf(value: Json | undefined, fallback: string): Text {
  if (typeof value === 'string' && value !== 'unknown') return { fr: value, en: value };
  if (!isTree(value)) return { fr: fallback, en: fallback };
  return {
    ...(typeof value['fr'] === 'string' ? { fr: value['fr'] } : {}),
    ...(typeof value['en'] === 'string' ? { en: value['en'] } : {}),
  };
}

export function strings(value: Json | undefined): readonly string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string' && item !== 'unknown')
    : [];
}

/** A reference to a key: null when left out, unknown or « none ». */
export function reference(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== 'unknown' && value !== 'none' ? value : null;
}

export function evidenceAt(manifest: ManifestInput, path: readonly (string | number)[]): Evidence {
  const { file, line, column } = manifest.positionOf(path);
  return {
    source: 'manifest',
    ref: `${file}:${line}:${column}`,
    operation: null,
    at: null,
    sha256: manifest.sha256,
  };
}

const outside = new Set(['schools', 'families', 'internet']);

/** Datasets of the manifests, plus one for each class of the policy that a tag may name. */
export function declaredDatasets(manifests: readonly ManifestInput[]): Map<string, Dataset> {
  return collectFrom(manifests, 'datasets', (manifest, key, declared, id) => ({
    type: 'dataset',
    key,
    manifest: manifest.id,
    id,
    declared,
    title: textOf(declared['title'], key),
    unclassified: false,
    evidence: [evidenceAt(manifest, ['datasets', key])],
  }));
}

export function classDataset(tag: TagClass): Dataset {
  const declared: Tree = {
    subjects: [...tag.subjects],
    categories: [...tag.categories],
    secrecy: tag.secrecy,
  };
  return {
    type: 'dataset',
    key: tag.name,
    manifest: 'policy',
    id: `policy/${tag.name}`,
    declared,
    title: { fr: tag.name, en: tag.name },
    unclassified: false,
    evidence: [],
  };
}

/** The dataset of a store that nobody declared or classified: that it holds something, and nothing else, is known. */
export const unclassified: Dataset = {
  type: 'dataset',
  key: 'unclassified',
  manifest: 'policy',
  id: 'policy/unclassified',
  declared: {},
  title: { fr: 'données non classées', en: 'unclassified data' },
  unclassified: true,
  evidence: [],
};

export function declaredFlows(manifests: readonly ManifestInput[]): Map<string, Flow> {
  const flows = manifests.flatMap((manifest) =>
    (Array.isArray(manifest.value['flows']) ? manifest.value['flows'] : []).map(
      (entry, index): [string, Flow] => {
        const declared = treeOf(entry);
        const key = jsonText(declared['id'] ?? index);
        const id = `${manifest.id}/${key}`;
        const end = (name: string): string => {
          const to = jsonText(declared[name] ?? '');
          return outside.has(to) ? to : `${manifest.id}/${to}`;
        };
        return [
          id,
          {
            type: 'flow',
            key,
            manifest: manifest.id,
            id,
            declared,
            from: end('from'),
            to: end('to'),
            datasets: strings(declared['datasets']).map((name) => `${manifest.id}/${name}`),
            recipient: prefixed(manifest, reference(declared['recipient'])),
            evidence: [evidenceAt(manifest, ['flows', index])],
          },
        ];
      },
    ),
  );
  return new Map(flows);
}

export function declaredActivities(manifests: readonly ManifestInput[]): Map<string, Activity> {
  return collectFrom(manifests, 'activities', (manifest, key, declared, id) => ({
    type: 'activity',
    key,
    manifest: manifest.id,
    id,
    declared,
    title: textOf(declared['title'], key),
    controller: `${manifest.id}/${reference(declared['controller']) ?? ''}`,
    joint: strings(declared['joint_controllers']).map((name) => `${manifest.id}/${name}`),
    datasets: strings(declared['datasets']).map((name) => `${manifest.id}/${name}`),
    evidence: [evidenceAt(manifest, ['activities', key])],
  }));
}

export function declaredClaims(manifests: readonly ManifestInput[]): Claim[] {
  return manifests.flatMap((manifest) =>
    (Array.isArray(manifest.value['claims']) ? manifest.value['claims'] : []).map((entry, index): Claim => {
      const declared = treeOf(entry);
      const key = String(index);
      return {
        type: 'claim',
        key,
        manifest: manifest.id,
        id: `${manifest.id}/claims/${key}`,
        declared,
        about: `${manifest.id}/${reference(declared['about']) ?? ''}`,
        evidence: [evidenceAt(manifest, ['claims', index])],
      };
    }),
  );
}

export function declaredAttestations(manifests: readonly ManifestInput[]): Attestation[] {
  return manifests.flatMap((manifest) =>
    (Array.isArray(manifest.value['attestations']) ? manifest.value['attestations'] : []).map(
      (entry, index) => attestationOf(entry, manifest.id, evidenceAt(manifest, ['attestations', index])),
    ),
  );
}

/** An answer as written, in a manifest or in a file of its own (then of no manifest). */
export function attestationOf(entry: Json, manifest: string, evidence: Evidence): Attestation {
  const { rule, subject, answer, signed_by: by, signed_on: on, expires } = treeOf(entry);
  const said =
    answer === true || answer === 'yes' ? 'yes' : answer === false || answer === 'no' ? 'no' : null;
  return {
    rule: jsonText(rule),
    subject: jsonText(subject),
    manifest,
    answer: said,
    signedBy: reference(by),
    signedOn: reference(on),
    expires: reference(expires),
    evidence,
  };
}

function prefixed(manifest: ManifestInput, key: string | null): string | null {
  return key === null ? null : `${manifest.id}/${key}`;
}

/** One noun for each key of a section; `unknown` sections have none. */
function collectFrom<T>(
  manifests: readonly ManifestInput[],
  section: string,
  make: (manifest: ManifestInput, key: string, declared: Tree, id: string) => T,
): Map<string, T> {
  const entries = manifests.flatMap((manifest) =>
    Object.entries(treeOf(manifest.value[section])).map(([key, value]): [string, T] => {
      const id = `${manifest.id}/${key}`;
      return [id, make(manifest, key, treeOf(value), id)];
    }),
  );
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
