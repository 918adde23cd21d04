// `node scripts/supply/sbom.ts [--check]`: docs/sbom.cdx.json, what Bercail is made of at run time (CycloneDX 1.6), from
// package-lock.json alone: the same lock gives the same bytes.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../src/io/root.ts';
import { type Lock, type Locked, licencesOf, nameAt, readLock } from './lock.ts';

interface Project {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly description: string;
}

/** Deterministic: no serial number and no time, which CycloneDX leaves to whoever publishes. */
export function sbomOf(lock: Lock, project: Project): string {
  const licences = licencesOf(lock);
  const shipped = Object.entries(lock).filter(([place, { dev }]) => place !== '' && !dev);
  const refs = new Map(shipped.map(([place, locked]) => [place, purl(nameAt(place), locked.version)]));
  const own = purl(project.name, project.version);
  // One component a package and version, wherever it lies.
  const components = new Map(
    shipped.map(([place, locked]) => [refs.get(place) ?? '', component(place, locked, licences.get(place))]),
  );
  const dependencies = new Map<string, Set<string>>();
  for (const [place, locked] of [['', lock[''] ?? { version: '' }] as const, ...shipped]) {
    const ref = place === '' ? own : (refs.get(place) ?? '');
    const on = dependencies.get(ref) ?? new Set();
    for (const name of needs(locked)) {
      const found = resolve(lock, place, name);
      const target = found === null ? undefined : refs.get(found);
      if (target !== undefined) on.add(target);
    }
    dependencies.set(ref, on);
  }
  const byRef = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
    a < b ? -1 : 1;
  const sbom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': own,
        name: project.name,
        version: project.version,
        description: project.description,
        licenses: [{ license: { id: project.license } }],
        purl: own,
      },
    },
    components: [...components].toSorted(byRef).map(([, one]) => one),
    dependencies: [...dependencies]
      .toSorted(byRef)
      .map(([ref, on]) => ({ ref, ...(on.size > 0 ? { dependsOn: [...on].toSorted() } : {}) })),
  };
  return `${JSON.stringify(sbom, null, 2)}\n`;
}

function component(
  place: string,
  { version, integrity, optional }: Locked,
  licence: string | null | undefined,
): object {
  const [group, name] = nameAt(place).startsWith('@') ? nameAt(place).split('/') : [undefined, nameAt(place)];
  const [algorithm, hash] = integrity?.split('-') ?? [];
  const ref = purl(nameAt(place), version);
  return {
    type: 'library',
    'bom-ref': ref,
    ...(group === undefined ? {} : { group }),
    name,
    version,
    scope: optional ? 'optional' : 'required',
    ...(algorithm === 'sha512' && hash !== undefined
      ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }] }
      : {}),
    ...(licence
      ? { licenses: [/[ ()]/.test(licence) ? { expression: licence } : { license: { id: licence } }] }
      : {}),
    purl: ref,
  };
}

function purl(name: string, version: string): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function needs({ dependencies, optionalDependencies, peerDependencies }: Locked): readonly string[] {
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
}

/** Where Node finds a package from another: in its own folder of packages, or in one above. */
function resolve(lock: Lock, place: string, name: string): string | null {
  for (let from = place; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    const found = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
    if (lock[found] !== undefined) return found;
    if (from === '') return null;
    if (!from.includes('/node_modules/')) {
      const top = `node_modules/${name}`;
      return lock[top] === undefined ? null : top;
    }
  }
}

if (import.meta.main) {
  const path = join(root, 'docs/sbom.cdx.json');
  const project = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Project;
  const text = sbomOf(readLock(), project);
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.log('docs/sbom.cdx.json is not of this package-lock.json: run npm run sbom');
    process.exitCode = 1;
  }
}
