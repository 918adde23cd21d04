/** What editors complete in the `given` of a rule's examples: the variables of the model, field by field. */

import { type RecordName, records, type Target, targets } from '../../../src/rule/model.ts';
import { isRecordName } from '../../../src/rule/view/lift.ts';
import type { JsonSchema } from '../../../src/yaml/schema.ts';
import { meaningOfField, meaningOfVariable, recordMeanings } from './meaning.ts';

/**
 * The schema of a rule, with the model in it. It completes and explains, and refuses nothing more than the loader:
 * any value may also be `unknown`, and a place may be written in other ways.
 */
export function withModel(schema: JsonSchema): JsonSchema {
  const definitions = Object.fromEntries(
    Object.entries(records).map(([name, fields]) => [
      `model_${name}`,
      recordSchema(name as RecordName, fields),
    ]),
  );
  const filled = fill(schema) as JsonSchema;
  return { ...filled, $defs: { ...(filled['$defs'] as JsonSchema), ...definitions } };
}

/** Puts the variables in the one node that is named `given`. */
function fill(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(fill);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === 'given' ? { ...value, properties: variables() } : fill(value),
    ]),
  );
}

function variables(): JsonSchema {
  const found = new Map<string, { type: string; description: string; targets: string[] }>();
  for (const [target, names] of Object.entries(targets)) {
    for (const [name, type] of Object.entries(names)) {
      const description = meaningOfVariable(target as Target, name, type);
      const known = found.get(name) ?? { type, description, targets: [] };
      found.set(name, { ...known, targets: [...known.targets, target] });
    }
  }
  const listed = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...Object.fromEntries(
      listed.map(([name, { type, description, targets: seen }]) => [
        name,
        typed(type, `${description} Seen by: ${seen.join(', ')}.`),
      ]),
    ),
    params: { description: 'Values for the parameters of the rule.' },
  };
}

function recordSchema(name: RecordName, fields: { readonly [field: string]: string }): JsonSchema {
  return {
    description: recordMeanings[name],
    properties: Object.fromEntries(
      Object.entries(fields).map(([field, type]) => [field, typed(type, meaningOfField(name, field))]),
    ),
  };
}

function typed(type: string, meaning: string): JsonSchema {
  const item = /^list<(.+)>$/.exec(type)?.[1];
  const description = `${meaning} (${type})`.trim();
  if (item !== undefined)
    return isRecordName(item) ? { description, items: { $ref: `#/$defs/model_${item}` } } : { description };
  return isRecordName(type) ? { description, $ref: `#/$defs/model_${type}` } : { description };
}
