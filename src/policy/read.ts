import { createHash } from 'node:crypto';
import type { Catalog } from '../catalog/catalog.ts';
import { BercailError, type Problem } from '../error.ts';
import type { Json } from '../inventory/fact.ts';
import type { Text } from '../inventory/noun.ts';
import type { Basis, Severity } from '../rule/rule.ts';
import { lazyValidator } from '../yaml/ajv.ts';
import { readYaml, type YamlSource } from '../yaml/read.ts';
import { validate } from '../yaml/validate.ts';
import { policySchema } from './schema.ts';

export interface RuleSetting {
  readonly enabled?: boolean;
  readonly reason?: string | Text;
  readonly expires?: string;
  readonly severity?: Severity;
  readonly params?: { readonly [name: string]: Json };
}

export interface PackSetting {
  readonly params?: { readonly [name: string]: Json };
  readonly path?: string;
  readonly sha256?: string;
}

/** A policy file as written, after validation. */
export interface PolicySource {
  readonly name: string;
  readonly title?: string | Text;
  readonly description?: string | Text;
  readonly extends?: readonly string[];
  readonly packs?: { readonly [pack: string]: PackSetting };
  readonly select?: { readonly basis?: readonly Basis[]; readonly contested?: boolean };
  readonly rules?: { readonly [id: string]: RuleSetting };
  readonly classification?: {
    readonly tags?: { readonly [key: string]: { readonly [value: string]: readonly string[] | TagSetting } };
    readonly untagged?: 'unknown' | 'pupil_data' | 'none';
  };
  readonly gate?: { readonly fail_on?: Severity | 'never'; readonly unknown?: 'observed' | 'all' | 'none' };
}

export interface TagSetting {
  readonly categories: readonly string[];
  readonly subjects?: readonly string[];
  readonly secrecy?: string;
}

export interface PolicyFile {
  readonly value: PolicySource;
  readonly source: YamlSource;
  readonly sha256: string;
}

const validator = lazyValidator(() => policySchema);

/**
 * Reads one policy file.
 * @throws BercailError `config` with every problem, categories unknown to the catalog included
 */
export function readPolicy(text: string, file: string, catalog: Catalog): PolicyFile {
  const source = readYaml(text, file);
  const problems = validate(source, validator());
  if (problems.length === 0) problems.push(...categoryProblems(source, catalog));
  if (problems.length > 0) throw new BercailError('config', problems);
  return {
    value: source.value as PolicySource,
    source,
    sha256: createHash('sha256').update(text).digest('hex'),
  };
}

function categoryProblems(source: YamlSource, catalog: Catalog): Problem[] {
  const { classification } = source.value as PolicySource;
  return Object.entries(classification?.tags ?? {}).flatMap(([key, values]) =>
    Object.entries(values).flatMap(([value, setting]) => {
      const categories = Array.isArray(setting) ? setting : (setting as TagSetting).categories;
      return categories
        .filter((category) => catalog.category(category) === null)
        .map(
          (category): Problem => ({
            message: `no category ${category}`,
            hint: `nearest: ${catalog.nearestCategories(category).join(', ')}`,
            where: source.positionOf(['classification', 'tags', key, value], 'value'),
          }),
        );
    }),
  );
}
