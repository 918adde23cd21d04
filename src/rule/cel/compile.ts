import { compileHas, compileIndex, compileName, compileSelect } from './access.ts';
import { compileMacro, isMacro } from './comprehension.ts';
import { type Context, type Expr, textOf } from './expression.ts';
import { negate } from './function/arithmetic.ts';
import { compileCall } from './function/call.ts';
import { compileBinary } from './function/operator.ts';
import { listLiteral, literal, mapLiteral } from './literal.ts';
import { and, choose, not, or } from './logic.ts';
import type { Node } from './parse.ts';
import { BOOL, DYN, isNumber, type Type, unify } from './type.ts';

/**
 * Checks a tree against the model and turns it into closures, in one pass: what a field is decides what its
 * absence reads as. Problems are reported, not thrown; a node in error has type `dyn`, so that one mistake
 * is told once.
 */
export function compile(node: Node, context: Context): Expr {
  context.count.nodes += 1;
  const expr = compileNode(node, context);
  // The longest path is the fact: `place.countries` reads `place` on the way, but `place` is not what it asks.
  if (expr.fact !== null) context.facts.add(expr.fact);
  return expr;
}

/** Compiles what a path goes through, which is not by itself a fact that is read. */
function compileStem(node: Node, context: Context): Expr {
  context.count.nodes += 1;
  return compileNode(node, context);
}

function compileNode(node: Node, context: Context): Expr {
  switch (node.op) {
    case 'value':
      return literal(node.args, node, context);
    case 'id':
      return compileName(node.args, node, context);
    case '.':
      return compileSelect(compileStem(node.args[0], context), node.args[1], node, context);
    case '[]':
      return compileIndex(compileStem(node.args[0], context), compile(node.args[1], context), node, context);
    case 'call':
      return call(node.args[0], null, node.args[1], node, context);
    case 'rcall':
      return call(node.args[0], node.args[1], node.args[2], node, context);
    case 'list':
      return listLiteral(node.args, node, context);
    case 'map':
      return mapLiteral(node.args, node, context);
    case '&&':
    case '||': {
      const [left, right] = node.args.map((part) => expectBool(part, context)) as [Expr, Expr];
      return pack(node, context, BOOL, (node.op === '&&' ? and : or)(left, right, node.start));
    }
    case '!_':
      return pack(node, context, BOOL, not(expectBool(node.args, context), node.start));
    case '-_':
      return negative(node.args, node, context);
    case '?:': {
      const condition = expectBool(node.args[0], context);
      const [yes, no] = [compile(node.args[1], context), compile(node.args[2], context)];
      return pack(node, context, unify(yes.type, no.type), choose(condition, yes, no, node.start));
    }
    case '.?':
    case '[?]':
      context.report(node, 'optional values are outside the supported subset of CEL', 'write has(…)');
      return literal(null, node, context);
    default: {
      const [left, right] = node.args.map((part) => compile(part, context)) as [Expr, Expr];
      const { type, run } = compileBinary(node.op, node, left, right, context);
      return pack(node, context, type, run);
    }
  }
}

function pack(node: Node, context: Context, type: Type, run: Expr['run']): Expr {
  return { type, run, node, path: textOf(node, context.source), fact: null };
}

function expectBool(node: Node, context: Context): Expr {
  const expr = compile(node, context);
  if (expr.type.kind !== 'bool' && expr.type.kind !== 'dyn') {
    context.report(node, `expected a bool, got ${expr.type.name}`);
  }
  return expr;
}

function negative(operand: Node, node: Node, context: Context): Expr {
  // The smallest int has no positive counterpart, so its sign belongs to the literal.
  if (operand.op === 'value' && typeof operand.args === 'bigint')
    return literal(-operand.args, node, context);
  const { type, run } = compile(operand, context);
  if (!isNumber(type) && type.kind !== 'dyn') context.report(node, `- does not apply to ${type.name}`);
  return pack(node, context, type, negate(run, node.start));
}

function call(
  name: string,
  receiver: Node | null,
  args: readonly Node[],
  node: Node,
  context: Context,
): Expr {
  if (receiver !== null && isMacro(name, args)) {
    return compileMacro(name, compile(receiver, context), args, node, context);
  }
  const [first] = args;
  if (receiver === null && args.length === 1 && first !== undefined) {
    if (name === 'has') {
      if (first.op === '.')
        return compileHas(compileStem(first.args[0], context), first.args[1], node, context);
      context.report(first, 'has() expects a field, as in has(place.region)');
      return literal(null, node, context);
    }
    if (name === 'dyn') return { ...compile(first, context), type: DYN };
  }
  const operands = receiver === null ? args : [receiver, ...args];
  const compiled = operands.map((operand) => compile(operand, context));
  return compileCall(name, receiver !== null, compiled, node, context);
}
