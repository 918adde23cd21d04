import { formats } from '../../../src/yaml/format.ts';
import { formsOf, type JsonSchema, resolveRef } from '../../../src/yaml/schema.ts';
import { anchor, code, codes, link, prose } from '../markdown.ts';

export type Properties = { readonly [field: string]: JsonSchema };

/** Things of the manifest that have a section of their own, by the name of their definition. */
export const things: { readonly [definition: string]: string } = {
  organisation: 'Organisations',
  dataset: 'Datasets',
  asset: 'Assets',
  flow: 'Flows',
  activity: 'Activities',
  claim: 'Claims',
  attestation: 'Attestations',
  place: 'Places',
  transfer: 'Transfers',
};

export interface Taken {
  readonly forms: readonly string[];
  /** What `false` and `none` mean, where they may be written. */
  readonly none: string;
  readonly mayBeUnknown: boolean;
}

/** What a value may be, in words. */
export function take(root: JsonSchema, start: JsonSchema): Taken {
  const name = nameOf(root, start);
  const title = name === null ? undefined : things[name];
  if (name !== null && title !== undefined)
    return only(link(`${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`, `#${anchor(title)}`));
  if (name === 'title') return only('a text, or `{fr, en}`');
  if (name === 'unknown') return { forms: [], none: '', mayBeUnknown: true };
  const node = resolveRef(root, start);
  if (node['const'] === 'unknown') return { forms: [], none: '', mayBeUnknown: true };
  if (Array.isArray(node['enum']) && node['enum'].includes(false) && node['enum'].includes('none')) {
    return { forms: [], none: prose(plain(node)), mayBeUnknown: node['enum'].includes('unknown') };
  }
  const forms = formsOf(node);
  if (typeof node['x-expected'] === 'string' && forms.length > 0) return only(prose(node['x-expected']));
  if (forms.length > 0) {
    const consts = forms.filter((form) => form['const'] !== undefined && form['const'] !== 'unknown');
    const others = forms
      .filter((form) => !consts.includes(form) && form['x-expected'] !== 'a year')
      .map((form) => take(root, form));
    const all = [
      ...others.flatMap((one) => one.forms),
      ...(consts.length > 0 ? [codes(consts.flatMap(wordsOf))] : []),
    ];
    return {
      forms: [...new Set(all)],
      none: others.map((one) => one.none).find(Boolean) ?? '',
      mayBeUnknown: others.some((one) => one.mayBeUnknown),
    };
  }
  return only(simple(root, node));
}

/** The definition that a node refers to, or is. */
export function nameOf(root: JsonSchema, node: JsonSchema): string | null {
  if (typeof node['$ref'] === 'string') return node['$ref'].slice('#/$defs/'.length);
  return (
    Object.entries(root['$defs'] as Properties).find(
      ([name, definition]) => name in things && definition === node,
    )?.[0] ?? null
  );
}

function only(form: string): Taken {
  return { forms: [form], none: '', mayBeUnknown: false };
}

function simple(root: JsonSchema, node: JsonSchema): string {
  if (wordsOf(node).length > 0) return codes(wordsOf(node));
  if (node['properties'] !== undefined) return 'a record, below';
  if (typeof node['x-expected'] === 'string') return prose(node['x-expected']);
  if (typeof node['format'] === 'string') return prose(formats[node['format']]?.expected ?? 'a text');
  switch (node['type']) {
    case 'boolean':
      return '`true` or `false`';
    case 'integer':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'null':
      return '`null`';
    case 'array': {
      const { forms } = take(root, node['items'] as JsonSchema);
      return `list: ${forms.join(' or ')}`;
    }
    case 'object': {
      const values = node['additionalProperties'];
      return typeof values === 'object'
        ? `map from names, each to ${take(root, values as JsonSchema).forms.join(' or ')}`
        : 'a map';
    }
    default:
      return 'a text';
  }
}

export function wordsIn(root: JsonSchema, start: JsonSchema): readonly JsonSchema[] {
  const node = resolveRef(root, start);
  if (node['items'] !== undefined) return wordsIn(root, node['items'] as JsonSchema);
  const forms = formsOf(node);
  const words = forms.filter(
    (form) => wordsOf(form).length > 0 && !wordsOf(form).includes('unknown') && !isNone(form),
  );
  if (words.length > 0) return [...forms.filter((form) => form['x-reads-as'] === 'none'), ...words];
  return forms.filter((form) => form['$ref'] === undefined).flatMap((form) => wordsIn(root, form));
}

export function wordsOf(form: JsonSchema): readonly string[] {
  const { const: one, enum: several } = form;
  return [...(one === undefined ? [] : [one]), ...(Array.isArray(several) ? several : [])].map((word) =>
    typeof word === 'string' ? word : JSON.stringify(word),
  );
}

export function isNone(form: JsonSchema): boolean {
  return wordsOf(form).includes('none') && wordsOf(form).includes('false');
}

const term = /\s*DPV: (.+?)\.?$/;

function description(node: JsonSchema): string {
  return typeof node['description'] === 'string' ? node['description'] : '';
}

function plain(node: JsonSchema): string {
  return description(node).replace(term, '');
}

export function meaning(node: JsonSchema): string {
  return prose(plain(node).replace(/; (false|none): [^.;]*/g, ''));
}

export function dpv(node: JsonSchema): string {
  const found = term.exec(description(node))?.[1];
  return found === undefined ? '' : code(found);
}
