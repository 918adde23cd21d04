import { createHash } from 'node:crypto';
import type { Catalog } from '../catalog/catalog.ts';
import { BercailError, type Problem } from '../error.ts';
import { lazyValidator } from '../yaml/ajv.ts';
import { readYaml, type YamlSource } from '../yaml/read.ts';
import { validate } from '../yaml/validate.ts';
import { createEngine, type Engine } from './cel/engine.ts';
import type { ParsedExpressions } from './cel/parsed.ts';
import { compileRule, paramsRecord } from './compile.ts';
import { domainFunctions } from './functions.ts';
import { records } from './model.ts';
import type { PackFiles, Rule, RulePack, RuleSource } from './rule.ts';
import { packSchema, ruleSchema } from './schema.ts';

/** A rule file that was read and validated. Text and positions are only asked for when something is wrong. */
export interface RuleText {
  readonly source: Pick<YamlSource, 'file' | 'positionOf'>;
  readonly text: () => string;
  readonly raw: RuleSource;
}

/** A pack that was read and validated, its expressions not yet compiled. */
export interface PackText {
  readonly pack: Pick<RulePack, 'name' | 'version' | 'title' | 'description'>;
  /** Of the files' names and texts. */
  readonly sha256: string;
  readonly rules: readonly RuleText[];
  /** Of its expressions, where they compiled before: at the build. */
  readonly parsed?: ParsedExpressions;
}

export interface CompileOptions {
  readonly catalog: Catalog;
  /** Compile messages at once and check law ids too: for packs from outside and for `rules test`. */
  readonly strict: boolean;
  /** Takes up every expression that compiles. */
  readonly parsed?: ParsedExpressions;
}

const isRule = lazyValidator(() => ruleSchema);
const isPack = lazyValidator(() => packSchema);

/**
 * Reads and validates the files of one pack.
 * @throws BercailError `rule` with every problem of every file
 */
export function readPack(files: PackFiles): PackText {
  const problems: Problem[] = [];
  const pack = readFiles(files, problems);
  if (pack === null || problems.length > 0) throw new BercailError('rule', problems);
  return pack;
}

/**
 * Compiles packs against the model and the catalog.
 * @throws BercailError `rule` with every problem: expressions, unknown law, duplicate ids
 */
export function compilePacks(
  packs: readonly PackText[],
  { catalog, strict, parsed = new Map() }: CompileOptions,
): readonly RulePack[] {
  const problems: Problem[] = [];
  for (const pack of packs) for (const [source, known] of pack.parsed ?? []) parsed.set(source, known);
  const engine = engineFor(
    packs.flatMap(({ rules }) => rules.map(({ raw }) => raw)),
    catalog,
    parsed,
  );
  const ids = new Map<string, string>();
  const names = new Set<string>();
  const compiled = packs.map(({ pack, sha256, rules }): RulePack => {
    if (names.has(pack.name))
      problems.push({ message: `two packs are named ${pack.name}`, hint: 'rename one in its pack.yaml' });
    names.add(pack.name);
    const ready = rules.flatMap((rule): Rule[] => {
      const { raw, source, text } = rule;
      const first = ids.get(raw.id);
      if (first !== undefined)
        problems.push({
          message: `rule ${raw.id} is already defined in ${first}`,
          hint: 'ids are unique',
          where: source.positionOf(['id']),
        });
      ids.set(raw.id, source.file);
      if (strict) problems.push(...lawProblems(rule, catalog));
      const one = compileRule({ raw, pack: pack.name, source, text, engine, strict, parsed }, problems);
      return one ? [one] : [];
    });
    return { ...pack, sha256, rules: ready.sort((a, b) => (a.id < b.id ? -1 : 1)) };
  });
  if (problems.length > 0) throw new BercailError('rule', problems);
  return compiled.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** One engine for all rules: their parameters are records of its model. */
function engineFor(rules: readonly RuleSource[], catalog: Catalog, parsed: ParsedExpressions): Engine {
  const params = rules.map((rule) => [
    paramsRecord(rule.id),
    Object.fromEntries(
      Object.entries(rule.params ?? {}).map(([name, { type }]) => [
        name,
        type === 'countries' ? 'list<string>' : type,
      ]),
    ),
  ]);
  return createEngine({
    types: { ...records, ...Object.fromEntries(params) },
    functions: domainFunctions(catalog),
    parsed,
  });
}

function readFiles({ folder, files }: PackFiles, problems: Problem[]): PackText | null {
  const hash = createHash('sha256');
  let pack: PackText['pack'] | null = null;
  const rules: RuleText[] = [];
  for (const { name, text } of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    hash.update(`${name}\0${text}\0`);
    const found: Problem[] = [];
    const source = attempt(() => readYaml(text, `${folder}/${name}`), found);
    if (source) {
      found.push(...validate(source, name === 'pack.yaml' ? isPack() : isRule()));
      if (name !== 'pack.yaml') found.push(...formProblems(source));
      if (found.length === 0 && name === 'pack.yaml') pack = source.value as PackText['pack'];
      if (found.length === 0 && name !== 'pack.yaml')
        rules.push({ source, text: () => text, raw: source.value as RuleSource });
    }
    problems.push(...found);
  }
  if (!pack && !problems.some(({ where }) => where?.file === `${folder}/pack.yaml`)) {
    problems.push({
      message: `${folder}: no pack.yaml`,
      hint: 'a pack is a folder with pack.yaml (name, version, title, description) and one YAML file a rule',
    });
  }
  return pack && { pack, sha256: hash.digest('hex'), rules };
}

function attempt<T>(read: () => T, problems: Problem[]): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BercailError)) throw error;
    problems.push(...error.problems);
    return null;
  }
}

/** What the schema cannot say: `target` with `assert`, or `targets`. */
function formProblems(source: YamlSource): Problem[] {
  const value = source.value as { readonly [key: string]: unknown };
  if (typeof value !== 'object' || value === null) return [];
  const single = 'target' in value || 'assert' in value;
  if ('targets' in value) {
    return single
      ? [
          {
            message: '`targets` stands instead of `target`, `when` and `assert`',
            where: source.positionOf(['targets']),
          },
        ]
      : [];
  }
  return ['target', 'assert']
    .filter((key) => !(key in value))
    .map((key) => ({ message: `missing ${key}`, where: source.positionOf([]) }));
}

function lawProblems({ raw, source }: RuleText, catalog: Catalog): Problem[] {
  return raw.basis.law.flatMap((entry, index) => {
    const id = typeof entry === 'string' ? entry : entry.id;
    if (catalog.law(id)) return [];
    return [
      {
        message: `law ${id} is not in the catalog`,
        hint: `nearest: ${catalog.nearestLaws(id).join(', ')}`,
        where: source.positionOf(['basis', 'law', index], 'value'),
      },
    ];
  });
}
