import type { RecordName, records } from '../../../src/rule/model.ts';

type Meanings = {
  readonly [record in RecordName]?: { readonly [field in keyof (typeof records)[record]]?: string };
};

const named = { id: 'Its id, as results show it.', key: 'Its name in its manifest, or its id.' };

/** What the manifest has no word for: what is observed, measured, looked up in the catalog or derived. */
export const fieldMeanings: Meanings = {
  place: {
    provider: 'The provider whose region it is.',
    region: 'Its region code.',
    city: 'The city, where the provider names one.',
    countries:
      'Its countries, as two capital letters. Never empty: none known is unknown; over an incomplete list all() is never true.',
    scope: 'region, multi_region, edge, global or country.',
    label: 'How messages name it.',
  },
  encryption: { key_place: 'Where the key is.' },
  guard_rail: {
    effective: 'Whether it denies other regions in effect.',
    allowed_regions: 'The regions that it leaves open.',
    allowed_countries: 'The countries of those regions.',
    statement: 'The statement that does it.',
    exemptions: 'Who or what it does not bind.',
    gaps: 'Services that it does not cover.',
  },
  offer: {
    name: 'Its name.',
    provider: 'The provider that sells it.',
    qualifications: 'Its qualifications, as declared; for the catalog’s, call qualified().',
  },
  adequacy: {
    country: 'The country.',
    status: 'adequate, conditional, none or unknown.',
    decision: 'The decision in force that day.',
    scheme: 'What the recipient must be certified under, where the decision asks for it.',
    from: 'Its first day.',
    until: 'Its last day.',
    struck_down: 'The day a court ended it: what passed before was presumed valid.',
  },
  asset: {
    ...named,
    label: 'How screens and messages name it.',
    name: 'Its name at its source.',
    provider: 'The provider of the catalog that it is with.',
    place: 'Where it is: as observed, else as declared.',
    declared: 'Whether a manifest declares it.',
    observed: 'Whether a source showed it.',
    external: 'Whether it is the other end of a copy, outside what was collected.',
    store:
      'Whether it keeps data: object stores, databases, file shares, queues, streams, search indexes, log stores, snapshots, backup vaults.',
    classified: 'Whether a tag says what it holds.',
    matched: 'Whether a declaration and something observed were found to be the same.',
    collected: 'Whether the source that should show it was read to its end.',
    source: 'The source that showed it.',
    tags: 'Its tags.',
    personal_data: 'Whether it holds personal data.',
    other_owner: 'Whether its account is somebody else’s than those that are read: of another Azure tenant.',
  },
  declared_asset: { place: 'Where it is declared to be; null: nowhere.', title: 'What people call it.' },
  exposure: {
    law: 'Id of the law in the catalog.',
    label: 'How messages name the law.',
    reach: 'owner, subsidiary or order: how it reaches the organisation.',
    status: 'in_force, contested or under_review.',
    through: 'The owner that it goes through.',
  },
  organisation: {
    ...named,
    name: 'Its legal name.',
    provider: 'The provider of the catalog that it is; null: none.',
    reaches_controller: 'Whether engaged_by leads to a controller.',
    owner: 'Its ultimate parent.',
    owners: 'Its owners, from the direct one to the ultimate parent.',
    exposures: 'The disclosure laws that reach it on the audit’s day.',
    declared: 'Whether a manifest declares it.',
  },
  dataset: {
    ...named,
    unclassified: 'Whether it stands for what an undeclared, untagged store holds.',
    claimed: 'How far persons can be told apart, according to the claims about it.',
  },
  identifier: {
    column: 'The column.',
    kind: 'What it is: name, email, nir, ine…',
    share: 'In which share of the rows, from 0 to 1.',
    confidence: 'How sure the detection is.',
  },
  measured: {
    rows: 'How many rows were read.',
    k: 'The size of the smallest group that shares its quasi-identifiers.',
    unique: 'The share of rows that are alone in their group.',
    l: 'The smallest number of distinct sensitive values in a group.',
    t: 'The largest distance between a group’s distribution of sensitive values and that of all.',
    identifiers: 'The direct identifiers found.',
    columns: 'The names of the columns.',
    pseudonym_derived: 'Whether the pseudonym can be computed from an identifier.',
    pseudonym_reused: 'Whether the same pseudonym returns from year to year.',
    small_cells: 'How many published cells count fewer people than the threshold.',
    smallest_cell: 'The smallest count of people in a published cell, or in one that subtraction gives away.',
  },
  holding: {
    id: 'DATASET@ASSET.',
    place: 'Where it is: as observed, else as declared.',
    operator: 'Who runs the machines.',
    run_by: 'Who runs the service on them; null: the operator does.',
    derived: 'Whether a copy, a log, a cache or compute brought it there.',
    declared: 'Whether a manifest declares it.',
    observed: 'Whether a source showed it.',
    processed: 'Whether it is only worked on there, not kept.',
  },
  step: {
    kind: 'declared, classified, flow, or the kind of copy: replica, backup, log…',
    from: 'One end.',
    to: 'The other end.',
  },
  activity: { ...named },
  flow: { ...named, label: 'How messages name it: FROM → TO.' },
  disabled_rule: { rule: 'Its code.', reason: 'Why it is off.', expires: 'The last day it is off.' },
  waiver: {
    rule: 'The rule.',
    subject: 'The subject, exact or with * and ?.',
    reason: 'Why it is accepted.',
    expires: 'Its last day.',
    expired: 'Whether that day has passed.',
  },
  policy: { name: 'Its name.', disabled: 'The rules that it turns off.' },
  inventory: {
    assets: 'How many assets there are.',
    holdings: 'How many holdings there are.',
    manifests: 'How many manifests were read.',
  },
};
