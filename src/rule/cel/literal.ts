import { type Context, type Expr, textOf } from './expression.ts';
import { isInt64 } from './function/arithmetic.ts';
import { toKey } from './function/equality.ts';
import type { Node } from './parse.ts';
import { BOOL, DOUBLE, DYN, fits, INT, listOf, mapOf, NULL, STRING, type Type, unify } from './type.ts';
import { CelError, describe, PartialList, Unknown, undecided } from './value.ts';

/** A literal. Bytes and unsigned integers are outside the subset. */
export function literal(value: unknown, node: Node, context: Context): Expr {
  const type = typeOfLiteral(value);
  if (type === null)
    context.report(node, 'bytes and unsigned integers are outside the supported subset of CEL');
  if (typeof value === 'bigint' && !isInt64(value))
    context.report(node, 'this integer does not fit in 64 bits');
  return {
    type: type ?? DYN,
    run: () => value,
    node,
    path: textOf(node, context.source),
    fact: null,
    constant: true,
  };
}

function typeOfLiteral(value: unknown): Type | null {
  if (value === null) return NULL;
  if (typeof value === 'string') return STRING;
  if (typeof value === 'boolean') return BOOL;
  if (typeof value === 'bigint') return INT;
  return typeof value === 'number' ? DOUBLE : null;
}

/** `[a, b]`: a member that is not known leaves the list partial. */
export function listLiteral(members: readonly Node[], node: Node, context: Context): Expr {
  const items = members.map((member) => context.compile(member, context));
  const type = listOf(items.length === 0 ? DYN : items.map(({ type }) => type).reduce(unify));
  const rest = { type, node, path: textOf(node, context.source), fact: null };
  const runs = items.map(({ run }) => run);
  if (items.every(({ constant }) => constant)) {
    const idle = { scope: {}, elements: [], indexes: [] };
    const value = Object.freeze(runs.map((run) => run(idle)));
    return { ...rest, run: () => value, constant: true };
  }
  return {
    ...rest,
    run: (frame) => {
      const values = runs.map((run) => run(frame));
      const lacks = values.filter((value) => value instanceof Unknown || value instanceof CelError);
      if (lacks.length === 0) return values;
      const obstacle = undecided(lacks);
      if (!(obstacle instanceof Unknown)) return obstacle;
      return new PartialList(
        values.filter((value) => !(value instanceof Unknown || value instanceof CelError)),
        obstacle,
      );
    },
  };
}

/** `{key: value}`; a key given twice is an error. */
export function mapLiteral(entries: readonly (readonly [Node, Node])[], node: Node, context: Context): Expr {
  const pairs = entries.map(
    ([key, value]) => [context.compile(key, context), context.compile(value, context)] as const,
  );
  const keyTypes = pairs.map(([key]) => key.type);
  for (const [key] of pairs) {
    if (![STRING, BOOL, INT].some((type) => fits(key.type, type)) || key.type.kind === 'null') {
      context.report(key.node, `a key is a string, an int or a bool, not ${key.type.name}`);
    }
  }
  const value = pairs.length === 0 ? DYN : pairs.map(([, { type }]) => type).reduce(unify);
  const type = mapOf(pairs.length === 0 ? DYN : keyTypes.reduce(unify), value);
  return {
    type,
    node,
    path: textOf(node, context.source),
    fact: null,
    run: (frame) => {
      const map = new Map<unknown, unknown>();
      const obstacles: unknown[] = [];
      for (const [keyExpr, valueExpr] of pairs) {
        const key = toKey(keyExpr.run(frame));
        const value = valueExpr.run(frame);
        obstacles.push(key, value instanceof PartialList ? null : value);
        if (map.has(key)) return new CelError(`the key ${String(key)} is given twice`, node.start);
        if (!isKey(key) && undecided([key]) === null) {
          return new CelError(`${describe(key)} cannot be a key`, node.start);
        }
        map.set(key, value);
      }
      return undecided(obstacles) ?? map;
    },
  };
}

function isKey(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint';
}
