/** A definition of the manifest: what fields of it are told under when there are many. */
const definition = /^(?:organisations|datasets|assets|activities|flows)\.[^.]+/;

/** The actions that would supply what is missing, one a line; those that differ in the field alone become one. */
export function actionsOf(how: string): readonly string[] {
  const actions = new Map<string, string[]>();
  for (const line of how.split('\n')) {
    const [, field = '', action = line] = /^(\S+) — (.+)$/s.exec(line) ?? [];
    const fields = actions.get(action) ?? [];
    actions.set(action, field === '' || fields.includes(field) ? fields : [...fields, field]);
  }
  return [...actions].map(([action, fields]) =>
    fields.length === 0 ? action : `${shortFields(fields).join(', ')} — ${action}`,
  );
}

/** Up to two fields by name; of more, those of one definition together. */
function shortFields(fields: readonly string[]): readonly string[] {
  if (fields.length <= 2) return fields;
  const groups = groupBy(fields, (field) => definition.exec(field)?.[0] ?? recordOf(field));
  return [...groups].flatMap(([name, members]) =>
    members.length === 1 || name === '' ? members : [`${name}.*`],
  );
}

/** Three or more facts of one record as one: `contract.clauses.{audit, security, sub_processing}`. */
export function collapse(
  facts: readonly string[],
  write: (members: readonly string[]) => string,
): readonly string[] {
  return [...groupBy(facts, recordOf)].flatMap(([record, members]) =>
    members.length < 3 || record === ''
      ? members
      : [`${record}.${write(members.map((fact) => fact.slice(record.length + 1)))}`],
  );
}

function recordOf(fact: string): string {
  return /^(.+)\.\w+$/.exec(fact)?.[1] ?? '';
}

function groupBy(
  items: readonly string[],
  key: (item: string) => string,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
