import type { Evidence } from '../inventory/fact.ts';
import type { Finding, Result } from '../result/result.ts';

/** A place in a file, 1-based. `line` is null when only the file is known. */
export interface Location {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** Reads `file:line:column`; null for addresses, calls and anything else. */
export function parseRef(ref: string | null): Location | null {
  const found = ref === null ? null : /^(.+?):([1-9]\d{0,8}):([1-9]\d{0,8})$/s.exec(ref);
  return found ? { file: found[1] as string, line: Number(found[2]), column: Number(found[3]) } : null;
}

/** Infrastructure code: what has to change stands there, not in the manifest that says what it holds. */
const code: ReadonlySet<string> = new Set(['terraform', 'cloudformation', 'arm', 'kubernetes']);

/** Every place in a file that a finding rests on, each once: code first, else where the subject is declared. */
export function locationsOf({ evidence, path }: Pick<Finding, 'evidence' | 'path'>): readonly Location[] {
  const isCode = ({ source }: Evidence): boolean => code.has(source);
  const ordered = [...evidence.filter(isCode), ...evidence.filter((one) => !isCode(one))];
  const refs = new Set([...ordered.map(({ ref }) => ref), ...path.map((step) => step.evidence)]);
  return [...refs].flatMap((ref) => parseRef(ref) ?? []);
}

/**
 * Where tools that only show files may put what rests on no file: the first manifest that was read, else the first
 * source that is a file.
 */
export function fallbackLocation({ run }: Result): Location | null {
  const isFile = ({ id }: { readonly id: string }): boolean =>
    /[./\\]/.test(id.slice(id.lastIndexOf(':') + 1)) && !/^[a-z0-9+.-]+:/i.test(id);
  const found =
    run.sources.find((source) => source.kind === 'manifest' && isFile(source)) ?? run.sources.find(isFile);
  return found ? { file: found.id, line: null, column: null } : null;
}

/** Where a forge shows a finding that must stand in a file: its first place, else a file of the run. */
export function createPlacing(result: Result): (finding: Finding | null) => Location {
  const fallback = fallbackLocation(result) ?? { file: 'bercail.yaml', line: 1, column: 1 };
  return (finding) => (finding ? locationsOf(finding)[0] : null) ?? fallback;
}

/** With forward slashes, and without `./`: as forges name the files of a repository. */
export function slashed(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
}

/** A relative or `file:` URI for a path: forward slashes, everything that a URI reserves percent-encoded. */
export function uriOf(path: string): { readonly uri: string; readonly isRelative: boolean } {
  const plain = slashed(path);
  const uri = plain.split('/').map(encodeSegment).join('/');
  if (plain.startsWith('/')) return { uri: `file://${uri}`, isRelative: false };
  if (/^[a-z]:\//i.test(plain)) return { uri: `file:///${uri.replace('%3A', ':')}`, isRelative: false };
  return { uri, isRelative: true };
}

/** Lone surrogates cannot be encoded: they become U+FFFD rather than an exception. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.toWellFormed());
}

/** One piece of evidence in words that fit on a line: a place in a file, else the call, else the source. */
export function evidenceLabel({ ref, operation, source }: Evidence): string {
  return parseRef(ref) ? (ref ?? '') : (operation ?? ref ?? source);
}

/**
 * The address of a place in a file below a folder, for a terminal to open. Null for what leads elsewhere: a result may
 * come from anybody.
 */
export function fileAddress(ref: string, folder: string): string | null {
  const place = parseRef(ref);
  if (!place || /^[a-z][a-z\d+.-]*:/i.test(place.file) || !uriOf(place.file).isRelative) return null;
  if (place.file.split(/[/\\]/).includes('..')) return null;
  const { uri } = uriOf(`${folder}/${place.file}`);
  return uri.startsWith('file://') ? `${uri}#${place.line ?? 1}` : null;
}
