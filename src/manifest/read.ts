import type { Catalog } from '../catalog/catalog.ts';
import { BercailError, type Position, type Problem } from '../error.ts';
import type { Json } from '../inventory/fact.ts';
import { lazyValidator } from '../yaml/ajv.ts';
import { quote } from '../yaml/quote.ts';
import { type Path, type ReadOptions, readYaml, type YamlSource } from '../yaml/read.ts';
import { firstProblems, inFileOrder, validate } from '../yaml/validate.ts';
import { normalise } from './normalise.ts';
import { checkOffers, checkReferences } from './reference.ts';
import { manifestSchema } from './schema/manifest.ts';
import { treeOf } from './tree.ts';
import type { Manifest as ManifestContent } from './types.generated.ts';
import { checkVocabulary } from './vocabulary.ts';

/** A manifest that was read: every reference resolves, every word is known. */
export interface Manifest {
  readonly id: string;
  readonly file: string;
  /** The tree as written, in one spelling for each meaning (see `normalise.ts`). */
  readonly value: { readonly [key: string]: Json };
  /** The same tree, typed from the schema. */
  readonly content: ManifestContent;
  readonly positionOf: (path: Path, what?: 'key' | 'value') => Position;
  /** What is odd and not wrong: a definition never used, an offer that nobody knows. */
  readonly warnings: readonly Problem[];
}

const validator = lazyValidator(() => manifestSchema);

/** Whether a value read from a file says that it is a manifest, of whatever version. */
export function detectManifest(value: unknown): boolean {
  const format = treeOf(value)['bercail'];
  return typeof format === 'string' && format.startsWith('manifest/');
}

/**
 * Reads a data-flow manifest (`bercail: manifest/v1`), YAML or JSON.
 * @throws BercailError `input` with every problem of the file, each at its line and column.
 */
export function readManifest(
  content: string | Uint8Array,
  file: string,
  catalog: Catalog,
  options: ReadOptions = {},
): Manifest {
  return manifestOf(readYaml(content, file, options), catalog);
}

/** The same, for a file that is already parsed. */
export function manifestOf(source: YamlSource, catalog: Catalog): Manifest {
  const { file, positionOf } = source;
  const format = treeOf(source.value)['bercail'];
  if (typeof format === 'string' && format !== 'manifest/v1') {
    const message = detectManifest(source.value)
      ? `this version of the format is not read: ${quote(format)}`
      : `this is not a manifest: ${quote(format)}`;
    throw new BercailError('input', {
      message,
      hint: 'expected bercail: manifest/v1',
      where: positionOf(['bercail'], 'value'),
    });
  }
  const { value, countries } = normalise(manifestSchema, source.value);
  const tree = treeOf(value);
  const references = checkReferences(tree, positionOf);
  const problems = [
    ...validate(source, validator()),
    ...namelessProviders(tree, positionOf),
    ...references.problems,
    ...checkVocabulary(tree, countries, catalog, positionOf),
  ];
  if (problems.length > 0) throw new BercailError('input', firstProblems(problems, file));
  const offersOf = (provider: string): readonly string[] | null => {
    const found = catalog.provider(provider);
    return found ? Object.keys(found.offers) : null;
  };
  const manifest = value as ManifestContent;
  return {
    id: manifest.id,
    file,
    value: value as { readonly [key: string]: Json },
    content: manifest,
    positionOf,
    warnings: inFileOrder([...references.warnings, ...checkOffers(tree, offersOf, positionOf)]),
  };
}

/** A provider that is not known names nobody. */
function namelessProviders(tree: ReturnType<typeof treeOf>, positionOf: YamlSource['positionOf']): Problem[] {
  return Object.entries(treeOf(tree['organisations']))
    .filter(([, value]) => treeOf(value)['provider'] === 'unknown' && treeOf(value)['name'] === undefined)
    .map(([key]) => ({
      message: `the key "name" is missing in organisations.${key}`,
      hint: 'its provider is unknown: expected a text or unknown',
      where: positionOf(['organisations', key]),
    }));
}
