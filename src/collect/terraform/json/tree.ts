import type { Json } from '../../../inventory/fact.ts';

/** Values as files give them: anything may stand anywhere, so each look says what it expects. */
export type Tree = { readonly [key: string]: Json };

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function treeOf(value: unknown): Tree {
  return isTree(value) ? value : {};
}

export function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}

/** A member that is the object's own, whatever its name. */
export function member(value: unknown, key: string | number): Json | undefined {
  if (Array.isArray(value))
    return typeof key === 'number' || /^\d+$/.test(key)
      ? (value[Number(key)] as Json | undefined)
      : undefined;
  return isTree(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
