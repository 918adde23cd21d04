import { type RecordName, records, type Target, targets } from '../../../src/rule/model.ts';
import type { Rule } from '../../../src/rule/rule.ts';
import { isRecordName } from '../../../src/rule/view/lift.ts';
import { code, link, prose, table } from '../markdown.ts';
import { meaningOfField, meaningOfVariable } from '../model/meaning.ts';

/** The facts that a rule reads, each with its type and meaning in the model. */
export function factTable(rule: Rule): string {
  const rows = rule.facts
    .filter((fact) => !/^(params|as_of)\b|\[\]$/.test(fact))
    .map((fact) => {
      const { type, meaning } = look(fact, [...rule.judgements.keys()]);
      const name = /<(\w+)>/.exec(type)?.[1] ?? type;
      return [
        code(fact),
        isRecordName(name) ? link(code(type), `../model.md#${name}`) : code(type),
        prose(meaning),
      ];
    });
  return table(['Fait · Fact', 'Type', 'Sens · Meaning'], rows);
}

/** Follows `chain[].owner.country` through the model. */
function look(fact: string, seen: readonly Target[]): { readonly type: string; readonly meaning: string } {
  const [name = '', ...steps] = fact.replaceAll('[]', '').split('.');
  const target = seen.find((one) => name in targets[one]);
  if (!target) return { type: 'dyn', meaning: '' };
  let type: string = (targets[target] as { readonly [name: string]: string })[name] ?? 'dyn';
  let meaning = meaningOfVariable(target, name, type);
  for (const step of steps) {
    const record = /<(\w+)>/.exec(type)?.[1] ?? type;
    if (!isRecordName(record)) return { type: 'dyn', meaning };
    meaning = meaningOfField(record satisfies RecordName, step);
    type = (records[record] as { readonly [field: string]: string })[step] ?? 'dyn';
  }
  return { type, meaning };
}
