import { compile as compileNode } from './compile.ts';
import { bounded, Exhausted } from './cost.ts';
import type { Context, Frame, Run } from './expression.ts';
import type { Declaration } from './function/declaration.ts';
import { standardFunctions } from './function/standard.ts';
import { defaultLimits, type Limits } from './limit.ts';
import { parse } from './parse.ts';
import type { ParsedExpressions } from './parsed.ts';
import { type CelProblem, CelProblems, problemAt } from './problem.ts';
import type { Program, Setting } from './program.ts';
import { compileTemplate, type Template } from './template.ts';
import { fits, type RecordTypes, readTypes } from './type.ts';
import { CelError, describe, Marker, PartialList, type Unknown, type Value } from './value.ts';

/** What expressions are checked against. */
export interface Model {
  readonly types: RecordTypes;
  /** A function named as a standard one replaces it. */
  readonly functions?: readonly Declaration[];
  readonly limits?: Partial<Limits>;
  /** Expressions that need no parsing: they were compiled against this model before. What compiles is added. */
  readonly parsed?: ParsedExpressions;
}

export interface Engine {
  /** @throws CelProblems with everything that is wrong with the expression */
  readonly compile: (source: string, setting: Setting) => Program;
  /** @throws CelProblems, placed in the whole text */
  readonly compileTemplate: (text: string, setting: Setting) => Template;
}

/**
 * An evaluator of CEL in three values for one model. An expression is parsed and checked once, then evaluated
 * many times; `docs/cel.md` says which part of CEL it takes.
 */
export function createEngine(model: Model): Engine {
  const types = readTypes(model.types);
  const limits = { ...defaultLimits, ...model.limits };
  const parsed: ParsedExpressions = model.parsed ?? new Map();
  const own = model.functions ?? [];
  const isReplaced = ({ name, method }: Declaration): boolean =>
    own.some((other) => other.name === name && (other.method ?? false) === (method ?? false));
  const functions = [...own, ...standardFunctions.filter((standard) => !isReplaced(standard))];

  const compile = (source: string, { variables, expect }: Setting): Program => {
    const known = parsed.get(source);
    const node = known?.node ?? parse(source, limits);
    const problems: CelProblem[] = [];
    const facts = new Set<string>();
    const context: Context = {
      source,
      types,
      functions,
      limits,
      variables: new Map(
        Object.entries(variables).map(([name, type]) => [name, { type: types.named(type), iteration: null }]),
      ),
      level: 0,
      facts,
      count: { nodes: 0 },
      isChecked: known !== undefined,
      compile: compileNode,
      report: (span, message, hint) => problems.push(problemAt(source, span, message, hint)),
    };
    const { type, run } = compileNode(node, context);
    if (expect !== undefined && !fits(type, types.named(expect))) {
      context.report(node, `expected a result of type ${expect}, got ${type.name}`);
    }
    if (problems.length > 0) throw new CelProblems(problems.sort((a, b) => a.offset - b.offset));

    const read = [...facts].sort();
    if (known === undefined) parsed.set(source, { node, facts: read });

    const frame: Frame = { scope: nowhere, elements: [], indexes: [] };
    const evaluate = (scope: Frame['scope']): Value | Unknown | CelError => {
      frame.scope = scope;
      const value = attempt(run, frame, limits, node.start);
      // Not to keep all that the last scope leads to, for as long as the rule lives.
      frame.scope = nowhere;
      frame.elements.length = 0;
      if (
        expect === 'bool' &&
        typeof value !== 'boolean' &&
        (!(value instanceof Marker) || value instanceof PartialList)
      ) {
        return new CelError(`expected true or false, got ${describe(value)}`, node.start);
      }
      return value as Value | Unknown | CelError;
    };
    return { source, type: type.name, facts: read, evaluate };
  };
  return { compile, compileTemplate: (text, setting) => compileTemplate(text, setting, compile) };
}

const nowhere: Frame['scope'] = Object.freeze({});

/** What no limit foresaw, such as a value nested deeper than the stack, is an error of the expression, not of the run. */
function attempt(run: Run, frame: Frame, limits: Limits, offset: number): unknown {
  try {
    return bounded(limits, run, frame);
  } catch (error) {
    if (error instanceof Exhausted)
      return new CelError('cost limit: the expression does too much work', offset);
    if (error instanceof RangeError) return new CelError(`cost limit: ${error.message}`, offset);
    throw error;
  }
}
