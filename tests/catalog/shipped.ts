import { readdirSync, readFileSync } from 'node:fs';
import { type Catalog, createCatalog } from '../../src/catalog/catalog.ts';
import { type CatalogFile, parseCatalog } from '../../src/catalog/parse.ts';

const root = new URL('../../catalog/', import.meta.url);

/** The catalog that Bercail ships. */
export function shippedFiles(): CatalogFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name: `catalog/${name}`, text: readFileSync(new URL(name, root), 'utf8') }));
}

export function shippedCatalog(): Catalog {
  return createCatalog(parseCatalog(shippedFiles()));
}

/** The rows of a fixture table; fields may be quoted. */
export function rowsOf(name: string): { readonly [column: string]: string }[] {
  const text = readFileSync(new URL(`../fixtures/catalog/${name}`, import.meta.url), 'utf8');
  const [header = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''),
    );
  return rows.map((cells) => Object.fromEntries(header.map((column, index) => [column, cells[index] ?? ''])));
}
