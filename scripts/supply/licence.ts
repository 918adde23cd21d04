// The licences of every package that is installed or shipped with Bercail, against those that go with the EUPL 1.2.
import { licencesOf, readLock } from './lock.ts';

/** Permissive ones, and those of the EUPL's own list of compatible licences. */
const allowed: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'EPL-2.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'PSF-2.0',
  'Python-2.0',
]);

/** `A OR B` where one may be used, `A AND B` where all may; what is written otherwise is not understood, and refused. */
export function isAllowed(expression: string): boolean {
  const plain = expression.replace(/^\((.*)\)$/, '$1');
  if (/[()]/.test(plain)) return false;
  return plain.split(' OR ').some((part) => part.split(' AND ').every((one) => allowed.has(one.trim())));
}

if (import.meta.main) {
  const licences = [...licencesOf(readLock())];
  const wrong = licences.filter(([, licence]) => licence === null || !isAllowed(licence));
  for (const [place, licence] of wrong) console.log(`${place}: ${licence ?? 'no licence is stated'}`);
  console.log(`${licences.length} packages, ${wrong.length} whose licence is not among those allowed`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
