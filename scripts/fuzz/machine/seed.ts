import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../src/io/root.ts';
import type { Seed } from './target.ts';

/** A file of the repository, to be changed as text. */
export function seedOf(name: string): Seed {
  return { name, form: 'text', text: readFileSync(join(root, name), 'utf8') };
}

/** Every YAML file of a folder and below. */
export function seedsOf(folder: string): readonly Seed[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => seedOf(`${folder}/${name}`));
}
