/**
 * What rules see: record types and their fields, and the variables of each target. One table, from which the type
 * check of rules, the views of the inventory, the `given` of inline tests and the reference page all derive.
 *
 * Types: string, bool, int, double, day (YYYY-MM-DD, or coarser as written in a manifest), text (said in the reader's
 * language), dyn, list<T>, map<T>, or a record of this table.
 */
export type TypeName = string;

export const records = {
  place: {
    provider: 'string', region: 'string', city: 'string', countries: 'list<string>', scope: 'string', label: 'text',
  },
  encryption: {
    at_rest: 'bool', in_transit: 'bool', client_side: 'bool', key_manager: 'string', key_account: 'string',
    key_place: 'place',
  },
  access: { roles: 'list<string>', wildcard: 'bool', outside_accounts: 'list<string>' },
  key: { manager: 'string', origin: 'string', owner_country: 'string', replicas: 'list<place>' },
  homologation: { dated: 'day', expires: 'day' },
  guard_rail: {
    effective: 'bool', allowed_regions: 'list<string>', allowed_countries: 'list<string>', statement: 'string',
    exemptions: 'list<string>', gaps: 'list<string>',
  },
  offer: { name: 'string', provider: 'string', qualifications: 'list<certification>' },
  adequacy: {
    country: 'string', status: 'string', decision: 'string', scheme: 'string', from: 'day', until: 'day', struck_down: 'day',
  },
  asset: {
    id: 'string', key: 'string', label: 'string', title: 'text', kind: 'string', name: 'string', provider: 'string',
    account: 'string', place: 'place', operator: 'organisation', run_by: 'organisation', offer: 'offer',
    declared: 'bool', observed: 'bool', external: 'bool', store: 'bool', classified: 'bool', matched: 'bool',
    collected: 'bool', source: 'string', tags: 'map<string>', encryption: 'encryption', public: 'bool',
    access: 'access', access_log: 'bool', access_log_places: 'list<place>', provider_access: 'string',
    provider_access_log: 'bool', retention: 'string', endpoints: 'list<string>', entry_point: 'bool',
    trackers: 'list<tracker>', teleservice: 'bool', homologation: 'homologation', guard_rail: 'guard_rail', key_facts: 'key',
    visa: 'bool', personal_data: 'bool',
  },
  tracker: { name: 'string', consent: 'bool', exempt: 'bool' },
  declared_asset: { place: 'place', operator: 'organisation', title: 'text' },
  contract: {
    reference: 'string', signed: 'day', governing_law: 'string', courts: 'string', tender: 'tender', published: 'string',
    clauses: 'clauses', own_use_prohibited: 'bool', challenge_foreign_orders: 'bool',
  },
  tender: { held: 'bool', sovereignty_criterion: 'bool', reversibility_criterion: 'bool' },
  clauses: {
    instructions: 'bool', confidentiality: 'bool', security: 'bool', sub_processing: 'bool', rights_assistance: 'bool',
    compliance_assistance: 'bool', return_or_deletion: 'bool', audit: 'bool',
  },
  due_diligence: { dated: 'day', adverse_events: 'list<dyn>' },
  transfer: { tool: 'string', tia: 'dyn', measures: 'list<string>', ground: 'string' },
  certification: { scheme: 'string', from: 'day', to: 'day' },
  owner: { name: 'string', country: 'string' },
  exposure: { law: 'string', label: 'text', reach: 'string', status: 'string', through: 'string' },
  dpo: { contact: 'string' },
  breach_procedure: { notifies_controller: 'bool', within_72h: 'bool' },
  organisation: {
    id: 'string', key: 'string', name: 'string', role: 'string', kind: 'string', public_level: 'string', seat: 'string',
    address: 'string', dpo: 'dpo', provider: 'string', engaged_by: 'string', reaches_controller: 'bool',
    authorised: 'dyn', contract: 'contract', due_diligence: 'due_diligence', transfer: 'transfer',
    certifications: 'list<certification>', owner: 'owner', owners: 'list<owner>', exposures: 'list<exposure>',
    breach_procedure: 'breach_procedure', declared: 'bool',
  },
  field: {
    name: 'string', role: 'string', category: 'string', distinct: 'double', derived_from: 'string', key_held_by: 'string',
    reused_across_years: 'bool',
  },
  dataset: {
    id: 'string', key: 'string', title: 'text', subjects: 'list<string>', categories: 'list<string>', secrecy: 'string',
    population: 'double', fields: 'list<field>', identifiability: 'string', pseudonym_table: 'string',
    art9_exception: 'string', nir_text: 'string', public_archive: 'bool', published: 'dyn', unclassified: 'bool',
    claimed: 'list<string>', ranking: 'bool',
  },
  says: {
    identifiability: 'string', contains: 'string', access_to_identities: 'bool', place: 'string', own_use: 'bool',
    informed: 'bool',
  },
  claim: { about: 'string', by: 'string', on: 'day', source: 'string', ref: 'string', says: 'says' },
  identifier: { column: 'string', kind: 'string', share: 'double', confidence: 'string' },
  measured: {
    rows: 'double', k: 'double', unique: 'double', l: 'double', t: 'double', identifiers: 'list<identifier>',
    columns: 'list<string>', pseudonym_derived: 'bool', pseudonym_reused: 'bool', small_cells: 'double',
  },
  holding: {
    id: 'string', dataset: 'dataset', asset: 'asset', place: 'place', operator: 'organisation', run_by: 'organisation',
    derived: 'bool', declared: 'bool', observed: 'bool', processed: 'bool',
  },
  step: { kind: 'string', from: 'string', to: 'string' },
  notice: { guardians: 'dyn', url: 'string', lists_recipients: 'bool', lists_transfers: 'bool' },
  dpia: { dated: 'day', covers_hosting: 'bool', alternatives: 'bool', exemption: 'string' },
  rights: { access: 'bool', rectification: 'bool', guardians: 'bool' },
  sren31: { classified: 'bool', derogation: 'day' },
  reversibility: { planned: 'bool', tested: 'bool' },
  retention_declared: { period: 'string' },
  automated_decisions: { used: 'bool', declared: 'bool', explained: 'bool', human_review: 'bool', emotion_recognition: 'bool' },
  consent: { online_service: 'bool', joint_under_15: 'bool' },
  activity: {
    id: 'string', key: 'string', title: 'text', controller: 'organisation', joint_controllers: 'list<organisation>',
    started: 'day', purposes: 'list<string>', legal_basis: 'string', legal_text: 'string', datasets: 'list<dataset>',
    retention: 'retention_declared', notice: 'notice', rights: 'rights', objection_route: 'string', dpia: 'dpia', sren31: 'sren31',
    reversibility: 'reversibility', in_register: 'bool', joint_arrangement: 'dyn', automated_decisions: 'automated_decisions',
    consent: 'consent', decision_maker_joined_provider: 'bool',
  },
  flow: { id: 'string', key: 'string', label: 'string', frequency: 'string', kind: 'string', directory: 'bool' },
  disabled_rule: { rule: 'string', reason: 'string', expires: 'day' },
  waiver: { rule: 'string', subject: 'string', reason: 'string', expires: 'day', expired: 'bool' },
  policy: { name: 'string', disabled: 'list<disabled_rule>' },
  inventory: { assets: 'double', holdings: 'double', manifests: 'double' },
} as const satisfies { readonly [record: string]: { readonly [field: string]: TypeName } };

/** The asset facts that a holding sees without a prefix: `encryption.at_rest`, `public`, `retention`. */
const assetFacts = {
  kind: 'string', encryption: 'encryption', public: 'bool', access: 'access', access_log: 'bool',
  access_log_places: 'list<place>', provider_access: 'string', retention: 'string', account: 'string',
  tags: 'map<string>', offer: 'offer',
} as const;

const common = { as_of: 'day', attestation: 'bool' } as const;

export const targets = {
  holding: {
    ...common, ...assetFacts, holding: 'holding', dataset: 'dataset', asset: 'asset', place: 'place',
    operator: 'organisation', run_by: 'organisation', recipients: 'list<organisation>', chain: 'list<organisation>',
    activities: 'list<activity>', path: 'list<step>', measured: 'measured', identified: 'list<holding>',
    transfer: 'transfer',
  },
  asset: {
    ...common, asset: 'asset', place: 'place', operator: 'organisation', organisations: 'list<organisation>',
    holdings: 'list<holding>', declared: 'declared_asset',
  },
  dataset: {
    ...common, dataset: 'dataset', holdings: 'list<holding>', activities: 'list<activity>', claims: 'list<claim>',
    fields: 'list<field>', measured: 'measured', identifies: 'list<dataset>', table_holdings: 'list<holding>',
  },
  organisation: {
    ...common, organisation: 'organisation', contract: 'contract', chain: 'list<organisation>', owners: 'list<owner>',
    holdings: 'list<holding>',
  },
  flow: {
    ...common, flow: 'flow', datasets: 'list<dataset>', from: 'asset', to: 'asset', recipient: 'organisation',
    transfer: 'transfer', place: 'place', activities: 'list<activity>',
  },
  activity: {
    ...common, activity: 'activity', datasets: 'list<dataset>', holdings: 'list<holding>',
    organisations: 'list<organisation>',
  },
  audit: { ...common, policy: 'policy', waivers: 'list<waiver>', inventory: 'inventory' },
} as const satisfies { readonly [target: string]: { readonly [variable: string]: TypeName } };

export type RecordName = keyof typeof records;
export type Target = keyof typeof targets;
