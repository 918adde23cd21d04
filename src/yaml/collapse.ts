import type { ErrorObject } from 'ajv';
import { formsOf, type JsonSchema, resolveRef } from './schema.ts';

/**
 * Errors of a validator without the noise of `anyOf` and `oneOf`: where a value took none of several forms,
 * either the errors inside the form that it evidently meant, or the one error that none fits.
 */
export function collapse(errors: readonly ErrorObject[], root: JsonSchema): readonly ErrorObject[] {
  const kept: ErrorObject[] = [];
  for (const error of errors) {
    if (error.keyword === 'anyOf' || error.keyword === 'oneOf') {
      // The validator reports each form's errors first, then that none of them fits.
      const start = kept.findLastIndex((earlier) => !isWithin(earlier, error)) + 1;
      for (const one of meant(error, kept.splice(start), root)) kept.push(one);
    } else if (error.keyword !== 'propertyNames') {
      kept.push(error);
    }
  }
  return kept;
}

function isWithin(error: ErrorObject, outer: ErrorObject): boolean {
  return error.instancePath === outer.instancePath || error.instancePath.startsWith(`${outer.instancePath}/`);
}

const shapeKeywords = new Set([
  'required',
  'additionalProperties',
  'minProperties',
  'minItems',
  'maxItems',
  'uniqueItems',
  'anyOf',
  'oneOf',
]);

function meant(outer: ErrorObject, inside: readonly ErrorObject[], root: JsonSchema): readonly ErrorObject[] {
  const { data } = outer;
  // A choice of keys beside the properties of a map: the first way to mend it is enough.
  if ((outer.parentSchema as JsonSchema)['properties'] !== undefined) return inside.slice(0, 1);
  if (typeof data !== 'object' || data === null) return [outer];
  const deep = inside.filter(
    ({ instancePath, keyword, propertyName }) =>
      instancePath !== outer.instancePath || propertyName !== undefined || shapeKeywords.has(keyword),
  );
  if (deep.length === 0) return [outer];
  const maps = formsOf(outer.parentSchema as JsonSchema)
    .map((form) => resolveRef(root, form))
    .filter((form) => form['type'] === 'object');
  if (maps.length < 2 || Array.isArray(data)) return deep;
  const fitting = maps.filter((form) =>
    Object.keys(data).every((key) => Object.hasOwn((form['properties'] ?? {}) as object, key)),
  );
  if (fitting.length !== 1 || Object.keys(data).length === 0) return [outer];
  return deep.filter(
    (error) => error.instancePath !== outer.instancePath || error.parentSchema === fitting[0],
  );
}
