import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { type BuiltPack, builtInPackFiles, builtPack, fromBuilt, loadCatalog } from '../../src/io/content.ts';
import { defaultLimits } from '../../src/rule/cel/limit.ts';
import { parse } from '../../src/rule/cel/parse.ts';
import { type ParsedExpressions, writeTree } from '../../src/rule/cel/parsed.ts';
import { runTests } from '../../src/rule/inline-test.ts';
import { compilePacks, readPack } from '../../src/rule/load.ts';
import type { Judgement, Rule } from '../../src/rule/rule.ts';

let catalog: Catalog;
beforeAll(async () => {
  ({ catalog } = await loadCatalog());
});

describe.each(builtInPackFiles().map((files) => [files.folder, readPack(files)] as const))(
  'what the build keeps of %s',
  (_, pack) => {
    const built = (): BuiltPack => {
      const parsed: ParsedExpressions = new Map();
      compilePacks([pack], { catalog, strict: true, parsed });
      return JSON.parse(JSON.stringify(builtPack(pack, parsed))) as BuiltPack;
    };
    const compiled = (strict: boolean): readonly Rule[] =>
      compilePacks([strict ? pack : fromBuilt(built())], { catalog, strict }).flatMap(({ rules }) => rules);

    test('is the tree that a parser makes of each expression today', () => {
      const { parsed } = built();
      expect(parsed.length).toBeGreaterThanOrEqual(pack.rules.length);
      for (const [source, tree] of parsed)
        expect({ source, tree }).toEqual({ source, tree: writeTree(parse(source, defaultLimits)) });
    });

    test('is every expression, so that none is parsed at a start: conditions, own values, messages', () => {
      const kept = built();
      const known = new Set(kept.parsed.map(([source]) => source));
      const parsed: ParsedExpressions = new Map();
      compilePacks([fromBuilt(kept)], { catalog, strict: true, parsed });
      expect([...parsed.keys()].filter((source) => !known.has(source))).toEqual([]);
    });

    test('are the facts that each condition reads', () => {
      const read = ({ when, assert, severity }: Judgement): unknown =>
        [when, assert, ...severity.map((level) => level.when)].map((program) => program?.facts ?? null);
      const facts = (rules: readonly Rule[]): unknown =>
        rules.map((rule) => [
          rule.id,
          rule.facts,
          [...rule.judgements].map(([name, one]) => [name, read(one)]),
        ]);
      expect(facts(compiled(false))).toEqual(facts(compiled(true)));
    });

    test('judges the examples inside its rules as they say', () => {
      const tests = new Map(pack.rules.map(({ raw }) => [raw.id, raw.tests]));
      const failures = compiled(false).flatMap((rule) =>
        runTests({ ...rule, source: { ...rule.source, tests: tests.get(rule.id) ?? [] } }, catalog),
      );
      expect(failures).toEqual([]);
    });
  },
);
