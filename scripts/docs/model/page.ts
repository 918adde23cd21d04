import { createCatalog } from '../../../src/catalog/catalog.ts';
import { domainFunctions } from '../../../src/rule/functions.ts';
import { type RecordName, records, type Target, targets } from '../../../src/rule/model.ts';
import { targetWords } from '../../../src/rule/schema.ts';
import { isRecordName } from '../../../src/rule/view/lift.ts';
import { blocks, code, link, list, page, prose, table } from '../markdown.ts';
import { commonMeanings, meaningOfField, meaningOfVariable, recordMeanings } from './meaning.ts';

/** What rules see: the variables of each target, the records, the functions. */
export function modelPage(): string {
  return page(
    'src/rule/model.ts and src/rule/functions.ts',
    '# What rules see',
    `The conditions of a rule are written in ${link('CEL', 'cel.md')} over the variables of its target. A variable is a value or a record; a record has the fields of its table and no others. Every value may be missing, and then what depends on it is unknown; one that is known to be absent is ${code('null')}, or an empty list.`,
    table(
      ['Target', '', 'Variables'],
      Object.keys(targets).map((target) => [
        link(code(target), `#target-${target}`),
        prose(targetWords[target as Target]),
        String(Object.keys(targets[target as Target]).length),
      ]),
    ),
    '## Variables',
    `Every target sees ${code('params')}, the parameters of the rule as the policy sets them, and:`,
    list(Object.entries(commonMeanings).map(([name, text]) => `${code(name)} — ${prose(text)}`)),
    ...Object.entries(targets).map(([target, variables]) => variableSection(target as Target, variables)),
    '## Functions',
    'Beside those of CEL. None is called while an argument is unknown: the call is then unknown too.',
    functionTable(),
    '## Records',
    ...Object.keys(records).map((name) => recordSection(name as RecordName)),
  );
}

function variableSection(target: Target, variables: { readonly [name: string]: string }): string {
  const own = Object.entries(variables).filter(([name]) => !(name in commonMeanings));
  return blocks(
    `### Target: ${target}`,
    prose(targetWords[target]),
    table(
      ['Variable', 'Type', 'Meaning'],
      own.map(([name, type]) => [code(name), typeOf(type), prose(meaningOfVariable(target, name, type))]),
    ),
  );
}

function recordSection(name: RecordName): string {
  const rows = Object.entries(records[name]).map(([field, type]) => [
    code(field),
    typeOf(type),
    prose(meaningOfField(name, field)),
  ]);
  return blocks(`### ${name}`, prose(recordMeanings[name]), table(['Field', 'Type', 'Meaning'], rows));
}

function functionTable(): string {
  const empty = createCatalog({
    regions: [],
    providers: [],
    countries: [],
    cities: [],
    laws: [],
    categories: [],
    purposes: [],
  });
  const rows = domainFunctions(empty).map(({ signature, params, result, description }) => [
    code(signature),
    params.map(typeOf).join(', '),
    typeOf(result),
    prose(description),
  ]);
  return table(['Function', 'Takes', 'Gives', 'Meaning'], rows);
}

function typeOf(type: string): string {
  const name = /<(\w+)>/.exec(type)?.[1] ?? type;
  return isRecordName(name) ? link(code(type), `#${name}`) : code(type);
}
