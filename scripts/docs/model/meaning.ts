/** What the records and variables of the model mean, in words, for the reference page and for editors. */
import { manifestSchema } from '../../../src/manifest/schema/manifest.ts';
import { type RecordName, records, type Target, type targets } from '../../../src/rule/model.ts';
import { formsOf, type JsonSchema, resolveRef } from '../../../src/yaml/schema.ts';
import { fieldMeanings } from './field.ts';

export const recordMeanings: { readonly [record in RecordName]: string } = {
  place: 'A place on the map.',
  encryption: 'How it is encrypted.',
  access: 'Who may read it.',
  key: 'What is known of an encryption key.',
  homologation: 'The security approval of a State teleservice.',
  guard_rail: 'A preventive control of an account (SCP, Azure Policy) that denies other regions.',
  offer: 'The offer that it is bought under.',
  adequacy: 'The adequacy decision about a country on a day: what the function adequacy() gives.',
  asset: 'A thing that stores, processes, moves or protects data.',
  tracker: 'A tracker that a public service sets.',
  declared_asset: 'What the manifest says of an asset, beside what was observed.',
  contract: 'The processing contract.',
  tender: 'How the contract was awarded.',
  clauses: 'The clauses of GDPR 28(3).',
  due_diligence: 'What was checked before engaging it.',
  transfer: 'What a transfer to a third country rests on.',
  certification: 'A qualification or certification and its days.',
  owner: 'A parent of an organisation.',
  exposure: 'A disclosure law from outside the Union that reaches an organisation.',
  dpo: 'The data protection officer.',
  breach_procedure: 'The procedure for personal data breaches.',
  organisation: 'A legal entity: controller, processor, sub-processor, recipient.',
  field: 'A column or a field of a dataset.',
  dataset: 'Data, with its subjects, categories and secrecy.',
  says: 'What a claim says. What it leaves out is null.',
  claim: 'A statement about the data by a named party, with its source.',
  identifier: 'A direct identifier found in a sample. Never a value: where, of what kind, how often.',
  measured: 'What was measured in a sample of the data.',
  holding: 'A dataset at an asset, declared or reached by a copy.',
  step: 'One step of the path that led to a holding.',
  notice: 'What people were told.',
  dpia: 'The data protection impact assessment.',
  rights: 'The routes for the rights of data subjects.',
  sren31: 'Classification under article 31 of the French law 2024-449.',
  reversibility: 'Getting the data back and deleted at the end.',
  retention_declared: 'How long the data is declared to be kept.',
  automated_decisions: 'Automated decisions about people, or their scoring.',
  consent: 'Consent to an online service.',
  activity: 'A processing activity (GDPR 30).',
  flow: 'A dataset that moves from one asset or organisation to another.',
  disabled_rule: 'A rule that the policy turns off.',
  waiver: 'An accepted failure.',
  policy: 'The policy of the run.',
  inventory: 'How much was found.',
};

type Variables = {
  readonly [target in Target]: { readonly [name in keyof (typeof targets)[target]]?: string };
};

/** Only where the variable means more than its type, or than the field of the asset that it is short for. */
export const variableMeanings: Variables = {
  holding: {
    operator: 'Who runs the machines.',
    run_by: 'Who runs the service on them; null: the operator does.',
    recipients: 'The operator and who runs the service.',
    chain: 'The operator, who runs the service, then whoever engaged them, up to the controller.',
    activities: 'The activities that use the dataset.',
    path: 'How the dataset got there.',
    identified: 'Where the datasets are held that this one re-identifies.',
    transfer: 'What a transfer to the operator rests on.',
    account: 'The account, subscription or project.',
  },
  asset: {
    organisations: 'Every organisation that a manifest declares; not known without a manifest.',
    holdings: 'What it holds.',
    declared: 'What the manifest says of it; null when none does.',
  },
  dataset: {
    holdings: 'Where it is held.',
    activities: 'The activities that use it.',
    claims: 'What is said of it, of the assets that hold it, and of those who run them.',
    identifies: 'The datasets that this one re-identifies.',
    table_holdings: 'Where its pseudonym table is held.',
  },
  organisation: {
    chain: 'It, then whoever engaged it, up to the controller.',
    owners: 'Its owners, from the direct one to the ultimate parent.',
    holdings: 'What it holds, as operator or as who runs the service.',
  },
  flow: {
    datasets: 'What moves.',
    from: 'Where from; null: schools, families or internet.',
    to: 'Where to; null: schools, families or internet.',
    recipient: 'Who receives it: as declared, else who runs the other end.',
    transfer: 'What it rests on when it leaves the EEA: its own, else its recipient’s.',
    place: 'Where the other end is.',
    activities: 'The activities that use what moves.',
  },
  activity: {
    datasets: 'What it uses.',
    holdings: 'Where that is held.',
    organisations: 'Everyone who holds it, up to the controller.',
  },
  audit: { waivers: 'The waivers of the run.' },
};

/** What every target sees. */
export const commonMeanings: { readonly [variable: string]: string } = {
  as_of: 'The day that the law is taken of.',
  attestation:
    'The valid attestation about this rule and this subject: true for yes, false for no; else not known.',
};

/** What a field of a record means: told here, else by the schema of the manifest, else by the record that it holds. */
export function meaningOfField(record: RecordName, field: string): string {
  const own: { readonly [field: string]: string } = fieldMeanings[record] ?? {};
  const type = (records[record] as { readonly [field: string]: string })[field] ?? '';
  return own[field] ?? declared.get(`${record}.${field}`) ?? meaningOfType(type);
}

export function meaningOfVariable(target: Target, name: string, type: string): string {
  const own: { readonly [name: string]: string } = variableMeanings[target];
  const asset: { readonly [field: string]: string } = records.asset;
  return (
    own[name] ??
    commonMeanings[name] ??
    (target === 'holding' && asset[name] === type ? meaningOfField('asset', name) : meaningOfType(type))
  );
}

export function meaningOfType(type: string): string {
  const name = /^list<(.+)>$/.exec(type)?.[1] ?? type;
  return (recordMeanings as { readonly [record: string]: string })[name] ?? '';
}

/** Records of the model whose name in the manifest differs. */
const aliases = new Map([
  ['fields', 'field'],
  ['certifications', 'certification'],
  ['qualifications', 'certification'],
  ['retention', 'retention_declared'],
  ['key_facts', 'key'],
  ['trackers', 'tracker'],
]);

const declared = declaredMeanings();

/** `record.field` → what the schema of the manifest says of it, for records of the same name. */
function declaredMeanings(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (name: string, node: JsonSchema): void => {
    const schema = resolveRef(manifestSchema, node);
    for (const [field, value] of Object.entries(
      (schema['properties'] ?? {}) as { readonly [field: string]: JsonSchema },
    )) {
      const key = `${aliases.get(name) ?? name}.${field}`;
      if (!found.has(key)) found.set(key, `${plain(value['description'])}${words(value)}`);
      visit(field, value);
    }
    for (const form of formsOf(schema)) visit(name, form);
    if (schema['items'] !== undefined) visit(name, schema['items'] as JsonSchema);
  };
  const definitions = manifestSchema['$defs'] as { readonly [name: string]: JsonSchema };
  for (const name of ['organisation', 'dataset', 'asset', 'flow', 'activity', 'claim', 'transfer', 'place'])
    visit(name, definitions[name] ?? {});
  return found;
}

/** « One of a, b, c. » for a field that takes one word of a few. */
function words(node: JsonSchema): string {
  const schema = resolveRef(manifestSchema, node);
  const items = formsOf(schema).flatMap((form) =>
    form['items'] === undefined ? [] : [form['items'] as JsonSchema],
  );
  const found = [schema, ...items]
    .flatMap(formsOf)
    .flatMap((form) => (typeof form['const'] === 'string' ? [form['const']] : []));
  const named = found.filter((word) => word !== 'unknown');
  return named.length === 0 || named.length > 8 ? '' : ` One of ${named.join(', ')}.`;
}

/** Without the term of DPV and without what `false` means in a manifest: rules read null. */
function plain(description: unknown): string {
  return (typeof description === 'string' ? description : '')
    .replace(/ ?DPV: .*$/, '')
    .replace(/; (false|none): [^.;]*/g, '');
}
