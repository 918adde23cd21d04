import type { Problem } from '../error.ts';
import type { YamlSource } from '../yaml/read.ts';
import type { Engine } from './cel/engine.ts';
import type { ParsedExpressions } from './cel/parsed.ts';
import { CelProblems } from './cel/problem.ts';
import type { Program } from './cel/program.ts';
import type { Template } from './cel/template.ts';
import { locate } from './locate.ts';
import { type Target, targets } from './model.ts';
import type { Judgement, LawRef, Rule, RuleSource } from './rule.ts';
import type { Scope } from './view/given.ts';

type Path = readonly (string | number)[];
type Variables = { readonly [name: string]: string };

interface CompileInput {
  readonly raw: RuleSource;
  readonly pack: string;
  readonly source: Pick<YamlSource, 'positionOf'>;
  readonly text: () => string;
  readonly engine: Engine;
  readonly strict: boolean;
  readonly parsed: ParsedExpressions;
}

/** Compiles the conditions of one rule, for each of its targets; problems are reported with their place in the file. */
export function compileRule(
  { raw, pack, source, text, engine, strict, parsed }: CompileInput,
  problems: Problem[],
): Rule | null {
  const before = problems.length;
  const guard = <T>(path: Path, written: string, compile: () => T): T | null => {
    try {
      return compile();
    } catch (error) {
      if (!(error instanceof CelProblems)) throw error;
      for (const problem of error.problems) {
        const where = locate(text(), source.positionOf(path, 'value'), written, problem);
        problems.push({
          message: `${path.join('.')}: ${problem.message}`,
          ...(problem.hint ? { hint: problem.hint } : {}),
          where,
        });
      }
      return null;
    }
  };
  const judgements = new Map<Target, Judgement>();
  for (const { target, when, assert, path } of conditions(raw)) {
    const variables = { ...targets[target], params: paramsRecord(raw.id) };
    const condition = (written: string, at: Path): Program | null => {
      const compile = (): Program => engine.compile(written, { variables, expect: 'bool' });
      return strict ? guard(at, written, compile) : lazyProgram(written, compile, parsed.get(written)?.facts);
    };
    const whenProgram = when === undefined ? null : condition(when, [...path, 'when']);
    const assertProgram = condition(assert, [...path, 'assert']);
    const severity = severities(raw).map((level, index) => ({
      when: level.when === undefined ? null : condition(level.when, ['severity', index, 'when']),
      is: level.is,
    }));
    const lets = letsOf(raw, variables, (written, name, seen) =>
      guard(['let', name], written, () => engine.compile(written, { variables: seen })),
    );
    const template = (field: 'message' | 'message_pass', language: 'fr' | 'en'): Template | null => {
      const own = raw.targets?.[target]?.[field];
      const written = (own ?? raw[field])?.[language];
      const at = own ? [...path, field, language] : [field, language];
      return written === undefined
        ? null
        : guard(at, written, () => engine.compileTemplate(written, { variables: lets().variables }));
    };
    const say = memo(template);
    if (strict)
      for (const field of ['message', 'message_pass'] as const)
        for (const language of ['fr', 'en'] as const) say(field, language);
    if (!assertProgram) continue;
    judgements.set(target, {
      target,
      when: whenProgram,
      assert: assertProgram,
      severity,
      message: (language) => say('message', language) ?? [],
      messagePass: (language) => say('message_pass', language),
      worded: (scope) => withLets(scope, lets().programs),
    });
  }
  if (problems.length > before) return null;
  return {
    source: raw,
    id: raw.id,
    pack,
    judgements,
    law: raw.basis.law.map(lawRef),
    positionOf: source.positionOf,
    get facts() {
      return factsOf([...judgements.values()]);
    },
  };
}

function factsOf(judgements: readonly Judgement[]): readonly string[] {
  const programs = judgements.flatMap(({ when, assert, severity }) => [
    when,
    assert,
    ...severity.map((level) => level.when),
  ]);
  return [...new Set(programs.flatMap((program) => program?.facts ?? []))].sort();
}

/** What is built in was checked when it was built: it compiles when it is first needed. */
function lazyProgram(source: string, compile: () => Program, facts?: readonly string[]): Program {
  let compiled: Program | null = null;
  const get = (): Program => (compiled ??= compile());
  return {
    source,
    type: 'bool',
    evaluate: (scope) => get().evaluate(scope),
    get facts() {
      return facts ?? get().facts;
    },
  };
}

interface Lets {
  readonly programs: ReadonlyMap<string, Program>;
  readonly variables: Variables;
}

/** A rule's own values, compiled when a message first needs them. */
function letsOf(
  raw: RuleSource,
  variables: Variables,
  compile: (written: string, name: string, seen: Variables) => Program | null,
): () => Lets {
  let known: Lets | null = null;
  return () => {
    if (known) return known;
    const programs = new Map<string, Program>();
    let seen = variables;
    for (const [name, written] of Object.entries(raw.let ?? {})) {
      const program = compile(written, name, seen);
      if (!program) continue;
      programs.set(name, program);
      seen = { ...seen, [name]: program.type };
    }
    known = { programs, variables: seen };
    return known;
  };
}

/** The scope with the rule's own values, each computed when a message first says it. */
function withLets(scope: Scope, programs: ReadonlyMap<string, Program>): Scope {
  if (programs.size === 0) return scope;
  const worded: { [name: string]: unknown } = Object.create(scope);
  for (const [name, program] of programs) {
    Object.defineProperty(worded, name, {
      configurable: true,
      get: () => {
        const value = program.evaluate(worded);
        Object.defineProperty(worded, name, { value });
        return value;
      },
    });
  }
  return worded;
}

/** Name of the record type that holds a rule's parameters. */
export function paramsRecord(rule: string): string {
  return `params_${rule.replaceAll('-', '_')}`;
}

function memo(make: (field: 'message' | 'message_pass', language: 'fr' | 'en') => Template | null) {
  const known = new Map<string, Template | null>();
  return (field: 'message' | 'message_pass', language: 'fr' | 'en'): Template | null => {
    const key = `${field}.${language}`;
    if (!known.has(key)) known.set(key, make(field, language));
    return known.get(key) ?? null;
  };
}

function conditions(
  raw: RuleSource,
): { target: Target; when: string | undefined; assert: string; path: Path }[] {
  if (raw.targets) {
    return (Object.keys(raw.targets) as Target[]).flatMap((target) => {
      const one = raw.targets?.[target];
      return one ? [{ target, when: one.when, assert: one.assert, path: ['targets', target] }] : [];
    });
  }
  const named = typeof raw.target === 'string' ? [raw.target] : (raw.target ?? []);
  return named.map((target) => ({ target, when: raw.when, assert: raw.assert ?? 'false', path: [] }));
}

function severities(raw: RuleSource): readonly { readonly when?: string; readonly is: RuleSeverity }[] {
  return typeof raw.severity === 'string' ? [{ is: raw.severity }] : raw.severity;
}

type RuleSeverity = Judgement['severity'][number]['is'];

function lawRef(entry: string | LawRef): LawRef {
  return typeof entry === 'string' ? { id: entry } : entry;
}
