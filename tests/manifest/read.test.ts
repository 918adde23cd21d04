import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { BercailError } from '../../src/error.ts';
import { detectManifest, readManifest } from '../../src/manifest/read.ts';
import { catalog } from '../fixtures/manifest/catalog.ts';

const example = readFileSync(new URL('../fixtures/manifest/example.yaml', import.meta.url), 'utf8');

function read(content: string) {
  return readManifest(content, 'm.yaml', catalog);
}

function problems(content: string): string[] {
  try {
    read(content);
  } catch (error) {
    if (error instanceof BercailError && error.code === 'input') return error.message.split('\n');
    throw error;
  }
  return [];
}

/** The example with one thing changed. */
function changed(from: string, to: string): string {
  if (example.split(from).length !== 2) throw new Error(`not once in the example: ${from}`);
  return example.replace(from, to);
}

describe('the example', () => {
  test('is read without a word', () => {
    const manifest = read(example);
    expect(manifest.id).toBe('evaluations-cp-ce1-2018');
    expect(manifest.warnings).toEqual([]);
    expect(Object.keys(manifest.content.assets ?? {})).toEqual(['ministry-server', 'reperes']);
  });

  test('says the same with CRLF and a byte order mark', () => {
    expect(read(`\uFEFF${example.replaceAll('\n', '\r\n')}`).value).toEqual(read(example).value);
  });

  test('says the same as JSON', () => {
    expect(read(JSON.stringify(read(example).value)).value).toEqual(read(example).value);
  });

  test('cites the line of what it declares', () => {
    const { positionOf } = read(example);
    expect(positionOf(['assets', 'reperes'])).toEqual({ file: 'm.yaml', line: 80, column: 3 });
    expect(positionOf(['assets', 'reperes', 'place'], 'value')).toEqual({
      file: 'm.yaml',
      line: 86,
      column: 12,
    });
    expect(positionOf(['flows', 1])).toEqual({ file: 'm.yaml', line: 105, column: 5 });
  });
});

describe('one thing wrong', () => {
  test.each<[string, string, string, string]>([
    [
      'an unknown key',
      'kind: public_body',
      'knd: public_body',
      'm.yaml:10:5: unknown key "knd" in organisations.men (did you mean "kind"?)',
    ],
    ['an unknown section', 'flows:', 'flow:', 'm.yaml:103:1: unknown key "flow" (did you mean "flows"?)'],
    [
      'a word that is not of the list',
      'role: sub_processor',
      'role: subprocessor',
      'm.yaml:47:11: organisations.aws.role is "subprocessor" (expected one of controller, joint_controller, processor, sub_processor, recipient, authority, unknown; did you mean "sub_processor"?)',
    ],
    [
      'a required key that is missing',
      '    role: sub_processor\n',
      '',
      'm.yaml:45:3: the key "role" is missing in organisations.aws (expected one of controller, joint_controller, processor, sub_processor, recipient, authority, unknown)',
    ],
    [
      'an organisation without a name',
      "    name: Ministère de l'Éducation nationale\n",
      '',
      'm.yaml:7:3: the key "name" is missing in organisations.men (expected a text)',
    ],
    [
      'a provider that is not known, without a name',
      '    provider: aws ',
      '    provider: unknown ',
      'm.yaml:45:3: the key "name" is missing in organisations.aws (its provider is unknown: expected a text or unknown)',
    ],
    [
      'a text for a number',
      'categories: [identity.name, education.school, education.class]\n    secrecy: discretion                # none discretion secret  (secret: health and social staff)\n    population: 800000',
      'categories: [identity.name]\n    population: many',
      'm.yaml:56:17: datasets.identities.population is "many" (expected a number from 0 or unknown)',
    ],
    [
      'a number for a text',
      'rights_assistance: unknown',
      'rights_assistance: maybe',
      'm.yaml:35:28: organisations.contractor.contract.clauses.rights_assistance is "maybe" (expected true, false or unknown)',
    ],
    [
      'an account without quotes',
      '    account: unknown',
      '    account: 123456789012',
      'm.yaml:96:14: assets.reperes.account is 123456789012 (expected a text, false, none or unknown: put it between quotes)',
    ],
    [
      'a text for a list',
      'holds: [identities]',
      'holds: identities',
      'm.yaml:79:12: assets.ministry-server.holds is "identities" (expected a list, false, none or unknown)',
    ],
    [
      'nothing for a value',
      'seat: LU',
      'seat:',
      'm.yaml:19:5: organisations.contractor.seat is nothing (expected a country, as two capital letters such as FR or unknown)',
    ],
    [
      'an impossible day',
      'started: 2018-09-17',
      'started: 2018-02-31',
      'm.yaml:111:14: activities.evaluation.started is "2018-02-31" (expected a real date (2016, 2018-09 or 2018-09-26), false, none or unknown)',
    ],
    [
      'an impossible day where a document may stand',
      'authorised: 2016 ',
      'authorised: 2016-13 ',
      'm.yaml:22:17: organisations.contractor.authorised is "2016-13" (expected a real date (2016, 2018-09 or 2018-09-26) or the name of a document, a year, false, none or unknown)',
    ],
    [
      'a country in small letters',
      'seat: LU',
      'seat: lu',
      'm.yaml:19:11: organisations.contractor.seat is "lu" (expected a country, as two capital letters such as FR or unknown)',
    ],
    [
      'a code that is no country',
      'seat: LU',
      'seat: UK',
      'm.yaml:19:11: "UK" is not a country of the catalog (did you mean "GB"?)',
    ],
    [
      'a place of two forms',
      'place: {country: FR}',
      'place: {country: FR, region: eu-west-3}',
      'm.yaml:78:12: assets.ministry-server.place is a map (expected {provider, region}, {country} or {countries, complete})',
    ],
    [
      'a place in words',
      'place: {provider: aws, region: eu-west-1}',
      'place: Dublin',
      'm.yaml:86:12: assets.reperes.place is "Dublin" (expected {provider, region}, {country} or {countries, complete} or unknown)',
    ],
    [
      'a country of a place',
      'place: {country: FR}',
      'place: {country: France}',
      'm.yaml:78:22: assets.ministry-server.place.country is "France" (expected a country, as two capital letters such as FR or unknown)',
    ],
    [
      'unknown inside a list',
      'subjects: [pupil]                  #',
      'subjects: [pupil, unknown]  #',
      'm.yaml:54:23: datasets.identities.subjects[1] is "unknown" (expected one of pupil, guardian, teacher, staff; when it is not known, write unknown in place of the whole list)',
    ],
    [
      'a match without a criterion',
      '{source: aws, name: "reperes-*"}',
      '{source: aws}',
      'm.yaml:99:9: assets.reperes.match[1] is a map (expected a source, and at least one of tags, name, arn, id, address, account, region, kind)',
    ],
    [
      'a claim that says nothing',
      '{access_to_identities: false}',
      '{}',
      'm.yaml:127:24: claims[2].says is a map (expected at least one thing in it)',
    ],
    [
      'a name that stands for something else',
      'datasets:\n',
      'datasets:\n  none: {subjects: [pupil], categories: [health]}\n',
      'm.yaml:52:3: the name "none" cannot be used in datasets (expected a name of letters, digits, dots, dashes and underscores, other than unknown, none, schools, families, internet)',
    ],
    [
      'a text with a comma between braces',
      'en: "National assessments, CP and CE1"',
      'en: National assessments, CP and CE1',
      'm.yaml:3:73: unknown key "CP and CE1" in title (between braces, a text with a comma needs quotes)',
    ],
    [
      'an operator that is not defined',
      'operator: aws',
      'operator: awz',
      'm.yaml:83:15: "awz" is not defined in this manifest (did you mean "aws"?)',
    ],
    [
      'an operator that is an asset',
      'operator: aws',
      'operator: reperes',
      'm.yaml:83:15: "reperes" is an asset (expected an organisation)',
    ],
    [
      'who engaged it',
      'engaged_by: contractor',
      'engaged_by: contractors',
      'm.yaml:48:17: "contractors" is not defined in this manifest (did you mean "contractor"?)',
    ],
    [
      'who runs it',
      'run_by: contractor',
      'run_by: nobody',
      'm.yaml:84:13: "nobody" is not defined in this manifest (expected an organisation)',
    ],
    [
      'a dataset that is not defined',
      'holds: [results]',
      'holds: [results, resluts]',
      'm.yaml:87:22: "resluts" is not defined in this manifest (did you mean "results"?)',
    ],
    [
      'who holds a key',
      'key_held_by: men',
      'key_held_by: mem',
      'm.yaml:65:76: "mem" is not defined in this manifest (did you mean "men"?)',
    ],
    [
      'a table of pseudonyms',
      'pseudonym_table: identities',
      'pseudonym_table: identitys',
      'm.yaml:69:22: "identitys" is not defined in this manifest (did you mean "identities"?)',
    ],
    [
      'the end of a flow',
      'from: schools',
      'from: school',
      'm.yaml:104:23: "school" is not defined in this manifest (did you mean "schools"?)',
    ],
    [
      'a recipient',
      'recipient: contractor',
      'recipient: reperes',
      'm.yaml:104:77: "reperes" is an asset (expected an organisation)',
    ],
    [
      'a controller',
      'controller: men',
      'controller: mem',
      'm.yaml:110:17: "mem" is not defined in this manifest (did you mean "men"?)',
    ],
    [
      'what a claim is about',
      '{about: aws,',
      '{about: awss,',
      'm.yaml:127:13: "awss" is not defined in this manifest (did you mean "aws"?)',
    ],
    [
      'the subject of an attestation',
      'subject: evaluation',
      'subject: evaluations',
      'm.yaml:130:29: "evaluations" is not defined in this manifest (did you mean "evaluation"?)',
    ],
    [
      'two flows of one id',
      'id: scoring',
      'id: entry',
      'm.yaml:105:10: two flows have the id "entry" (the other is on line 104)',
    ],
    [
      'a provider',
      'provider: aws ',
      'provider: awss ',
      'm.yaml:46:15: "awss" is not a provider of the catalog (did you mean "aws"?)',
    ],
    [
      'the provider of a place',
      '{provider: aws, region',
      '{provider: ovh, region',
      'm.yaml:86:23: "ovh" is not a provider of the catalog',
    ],
    [
      'a category',
      '[identity.name,',
      '[identity.nane,',
      'm.yaml:55:18: "identity.nane" is not a category of the catalog (did you mean "identity.name" or "identity"?)',
    ],
    [
      'a category of a field',
      'category: education.results}',
      'category: education.result}',
      'm.yaml:67:50: "education.result" is not a category of the catalog (did you mean "education.results"',
    ],
    [
      'a category of a claim',
      '{contains: education.school.address}',
      '{contains: education.school.adress}',
      'm.yaml:126:39: "education.school.adress" is not a category of the catalog (did you mean "education.school.address"',
    ],
    [
      'a purpose',
      '[education.assessment]',
      '[education.asessment]',
      'm.yaml:112:16: "education.asessment" is not a purpose of the catalog (did you mean "education.assessment"',
    ],
    [
      'another version',
      'bercail: manifest/v1',
      'bercail: manifest/v2',
      'm.yaml:1:10: this version of the format is not read: "manifest/v2" (expected bercail: manifest/v1)',
    ],
  ])('%s', (_, from, to, expected) => {
    const [first = 'accepted', ...others] = problems(changed(from, to));
    expect(first).toContain(expected);
    expect(others).toEqual([]);
  });

  test.each([
    ['a list', '- a\n', 'm.yaml:1:1: the file is a list (expected a map)'],
    ['a word', 'hello\n', 'm.yaml:1:1: the file is "hello" (expected a map)'],
    ['no version', 'id: x\n', 'm.yaml:1:1: the key "bercail" is missing (expected manifest/v1)'],
    [
      'another format',
      'bercail: policy/v1\n',
      'm.yaml:1:10: this is not a manifest: "policy/v1" (expected bercail: manifest/v1)',
    ],
  ])('%s instead of a manifest', (_, content, expected) => {
    expect(problems(content)).toEqual([expected]);
  });
});

test('everything wrong is told at once, in the order of the file', () => {
  const content = example
    .replace('kind: public_body', 'knd: public_body')
    .replace('holds: [results]', 'holds: [nothing]')
    .replace('[education.assessment]', '[spying]');
  expect(problems(content).map((line) => line.split(':').slice(0, 3).join(':'))).toEqual([
    'm.yaml:10:5',
    'm.yaml:87:13',
    'm.yaml:112:16',
  ]);
});

describe('one spelling for each meaning', () => {
  const base = 'bercail: manifest/v1\nid: x\norganisations:\n  a: {name: A, role: processor, FIELD}\n';

  test.each<[string, string, unknown]>([
    ['contract: none', 'contract', false],
    ['contract: false', 'contract', false],
    ['contract: unknown', 'contract', 'unknown'],
    ['certifications: none', 'certifications', []],
    ['certifications: []', 'certifications', []],
    ['authorised: 2016', 'authorised', '2016'],
    ['authorised: arrêté', 'authorised', 'arrêté'],
    ['transfer: {tool: false}', 'transfer', { tool: 'none' }],
    ['transfer: {tia: none}', 'transfer', { tia: 'none' }],
    ['transfer: none', 'transfer', { tool: 'none' }],
    ['engaged_by: none', 'engaged_by', false],
    ['contract: {signed: 2016, governing_law: LU}', 'contract', { signed: '2016', governing_law: 'LU' }],
  ])('%s', (written, field, expected) => {
    const { organisations } = read(base.replace('FIELD', written)).value;
    expect((organisations as { readonly a: { readonly [field: string]: unknown } }).a[field]).toEqual(
      expected,
    );
  });

  test.each([
    ['yes', 'yes'],
    ['true', 'yes'],
    ['no', 'no'],
    ['false', 'no'],
    ['unknown', 'unknown'],
  ])('answer: %s', (written, expected) => {
    const { content } = read(
      `bercail: manifest/v1\nid: x\nattestations:\n  - {rule: GOV-07, subject: "arn:aws:s3:::b", answer: ${written}}\n`,
    );
    expect(content.attestations?.[0]?.answer).toBe(expected);
  });
});

describe('warns of', () => {
  test.each([
    [
      'a definition never used',
      'bercail: manifest/v1\nid: x\norganisations:\n  a: {name: A, role: controller}\n',
      'm.yaml:4:3 "a" is defined and never used',
    ],
    [
      'an offer that nobody knows',
      changed('    offer: public-cloud\n', '    offer: public-clod\n'),
      'm.yaml:85:12 the offer "public-clod" of "aws" is not known',
    ],
    [
      'a claim about two things of one name',
      example
        .replace('  results:\n', '  reperes:\n')
        .replaceAll('[results]', '[reperes]')
        .replaceAll('results]\n', 'reperes]\n')
        .replaceAll('about: results', 'about: reperes'),
      'm.yaml:125:13 "reperes" is a dataset and an asset: read as a dataset',
    ],
  ])('%s', (_, content, expected) => {
    const shown = read(content).warnings.map(
      ({ message, where }) => `m.yaml:${where?.line}:${where?.column} ${message}`,
    );
    expect(shown).toContain(expected);
  });
});

test('a circle of organisations is read: a rule judges it', () => {
  const content =
    'bercail: manifest/v1\nid: x\norganisations:\n  a: {name: A, role: processor, engaged_by: b}\n  b: {name: B, role: processor, engaged_by: a}\n';
  expect(read(content).warnings).toEqual([]);
});

test.each([
  's3://host/bucket',
  'arn:aws:s3:::x',
  'module.a.aws_s3_bucket.b["k"]',
  'evaluation',
  'results@reperes',
  'scoring',
  'evaluations-cp-ce1-2018/men',
  'other/thing',
  'reperes/reperes-a',
])('an attestation about %s is read', (subject) => {
  expect(problems(changed('subject: evaluation', `subject: '${subject}'`))).toEqual([]);
});

test.each<[unknown, boolean]>([
  [{ bercail: 'manifest/v1' }, true],
  [{ bercail: 'manifest/v9' }, true],
  [{ bercail: 'config/v1' }, false],
  [{ bercail: 1 }, false],
  [[], false],
  [null, false],
])('%j is a manifest: %s', (value, expected) => {
  expect(detectManifest(value)).toBe(expected);
});
