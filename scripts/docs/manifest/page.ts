import { formsOf, type JsonSchema, resolveRef } from '../../../src/yaml/schema.ts';
import { blocks, code, codes, fence, link, list, page, table } from '../markdown.ts';
import { dpv, isNone, meaning, nameOf, type Properties, take, things, wordsIn, wordsOf } from './value.ts';

/** The reference of manifest/v1, from its JSON Schema: every field, what it takes, what its words mean. */
export function manifestPage(schema: JsonSchema): string {
  const definitions = schema['$defs'] as Properties;
  const sections = Object.entries(things).map(([name, title]) => {
    const node = definitions[name] ?? {};
    const forms = formsOf(node).map((form) => resolveRef(schema, form));
    const written = node['properties'] === undefined && forms.length > 0 ? forms : [node];
    return blocks(
      `## ${title}`,
      meaning(node),
      list(
        written === forms
          ? forms.map(
              (form) =>
                `${meaning(form)} ${code(`{${Object.keys((form['properties'] ?? {}) as Properties).join(', ')}}`)}`,
            )
          : [],
      ),
      written === forms ? written.map((form) => fieldTable(schema, form)) : recordSection(schema, node, ''),
    );
  });
  return page(
    'reports/schema/manifest-v1.schema.json',
    '# The manifest',
    meaning(schema),
    `Schema for editors: ${link(code('manifest-v1.schema.json'), '../reports/schema/manifest-v1.schema.json')}. Categories, purposes, providers and countries are those of the catalog: ${code('bercail catalog category education.results')}.`,
    fence(
      'yaml',
      '# yaml-language-server: $schema=node_modules/bercail/reports/schema/manifest-v1.schema.json\nbercail: manifest/v1\nid: our-service',
    ),
    '## What is not there',
    list([
      '**Left out**: nobody was asked. What depends on it is unknown, and the finding names the field.',
      '**`unknown`**: somebody was asked, and could not say. Unknown too; the finding says that it was asked. It may stand for any value, a whole record included; tables say where it may not.',
      '**`false` or `none`**: it is known that there is none. In a list, the empty list `[]` says the same.',
      'A list of which some members are known: write those, and `unknown` in place of the whole list when it may hold others that nobody could tell.',
    ]),
    `## The file`,
    fieldTable(schema, schema),
    ...sections,
  );
}

/** The fields of a record, the words that they take, then the records that they hold. */
function recordSection(root: JsonSchema, node: JsonSchema, path: string): string[] {
  const properties = (node['properties'] ?? {}) as Properties;
  const inside = Object.entries(properties).flatMap(([field, value]) => {
    const record = recordIn(root, value);
    if (!record) return [];
    const name = path === '' ? field : `${path}.${field}`;
    return [`### ${code(name)}`, meaning(value), ...recordSection(root, record, name)];
  });
  return [fieldTable(root, node), ...wordTables(root, properties, path), ...inside];
}

function fieldTable(root: JsonSchema, node: JsonSchema): string {
  const required = (node['required'] ?? []) as readonly string[];
  const rows = Object.entries((node['properties'] ?? {}) as Properties).map(([field, value]) => {
    const { forms, none, mayBeUnknown } = take(root, value);
    const shown = forms.join(' or ');
    return [
      required.includes(field) ? `**${code(field)}**` : code(field),
      mayBeUnknown ? shown : `${shown}, never ${code('unknown')}`,
      meaning(value),
      none,
      dpv(value),
    ];
  });
  return blocks(
    table(['Field', 'Value', 'Meaning', '`false` or `none`', 'DPV'], rows),
    required.length > 0 ? 'In bold: required.' : '',
  );
}

/** The record that a field holds, alone or in a list, unless it has a section of its own. */
function recordIn(root: JsonSchema, start: JsonSchema): JsonSchema | null {
  const name = nameOf(root, start);
  if (name !== null && (things[name] !== undefined || name === 'title')) return null;
  const node = resolveRef(root, start);
  if (node['properties'] !== undefined) return node;
  if (node['items'] !== undefined) return recordIn(root, node['items'] as JsonSchema);
  if (typeof node['additionalProperties'] === 'object')
    return recordIn(root, node['additionalProperties'] as JsonSchema);
  for (const form of formsOf(node)) {
    const found = recordIn(root, form);
    if (found) return found;
  }
  return null;
}

/** Where a field takes one word of several, what each means. */
function wordTables(root: JsonSchema, properties: Properties, path: string): string[] {
  return Object.entries(properties).flatMap(([field, value]) => {
    const words = wordsIn(root, value);
    if (!words.some((word) => word['description'] !== undefined)) return [];
    const rows = words.map((word) => [
      isNone(word) ? code('none') : codes(wordsOf(word)),
      meaning(word),
      dpv(word),
    ]);
    return [
      `Words of ${code(path === '' ? field : `${path}.${field}`)}:`,
      table(['Word', 'Meaning', 'DPV'], rows),
    ];
  });
}
