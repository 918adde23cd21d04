import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import { buildInventory } from '../../src/inventory/build/build.ts';
import { loadPolicy } from '../../src/load.ts';
import type { Finding, Language } from '../../src/result/result.ts';
import { readTable } from '../setup/csv.ts';
import { fixtures } from '../setup/fixture.ts';
import { catalog, manifestInput } from '../setup/run.ts';

const { policy } = await loadPolicy({ name: 'complet', catalog, asOf: '2026-11-22' });

interface Case {
  readonly organisation?: string;
  readonly offer?: string;
  readonly place?: string;
  readonly asset?: string;
  readonly dataset?: string;
  readonly activity?: string;
  readonly waivedUntil?: string;
  readonly more?: string;
}

/** The smallest service: a ministry, one host, one dataset, one store, one activity. */
function manifestOf({
  organisation = '',
  offer = 'none',
  place = '{country: FR}',
  asset = '',
  dataset = '',
  activity = '',
  more = '',
}: Case): string {
  return `
bercail: manifest/v1
id: m
organisations:
  men: {name: Ministère, role: controller, kind: public_body, public_level: state, seat: FR}
  host: {role: processor, engaged_by: men${organisation}}
datasets:
  results: {title: Results, subjects: [pupil]${dataset || ', categories: [education.results]'}}
assets:
  store: {kind: saas, operator: host, offer: ${offer}, place: ${place}, holds: [results]${asset}}
activities:
  evaluation: {controller: men, datasets: [results]${activity}}
${more}`;
}

const named = (seat: string): string => `, name: Host, kind: company, seat: ${seat}`;

/** What each word of the table's first column means: a manifest, for a value. */
const cases: { readonly [name: string]: (value: string) => Case } = {
  transfer: (value) => {
    const [country = '', certified] = value.split(' ');
    const certifications =
      certified === 'unsaid'
        ? 'unknown'
        : certified === undefined
          ? 'none'
          : `[{scheme: ${certified}, from: 2000-01-01, to: null}]`;
    return {
      place: `{country: ${country}}`,
      organisation: `${named(country)}, certifications: ${certifications}, transfer: none`,
    };
  },
  tool: (value) => {
    const [tool, tia] = value.split(' ');
    return { place: '{country: IN}', organisation: `${named('IN')}, transfer: {tool: ${tool}, tia: ${tia}}` };
  },
  cites: (value) => ({
    place: '{country: IN}',
    organisation: `${named('IN')}, transfer: none`,
    dataset: ', categories: [education.results], secrecy: secret',
    asset: ', encryption: {key_manager: provider}',
    ...(value === 'door'
      ? {
          more: 'attestations:\n  - {rule: GOV-07, subject: evaluation, answer: no, signed_by: Someone, signed_on: 2020-01-01, expires: 2030-01-01}\n',
        }
      : {}),
  }),
  clauses: () => ({ organisation: `${named('FR')}, contract: none` }),
  offer: (value) => {
    const [offered = '', derogation = 'none'] = value.split(' derogation ');
    const [provider, offer] = offered.split('/');
    return {
      organisation: `, provider: ${provider}`,
      offer: offer ? JSON.stringify(offer) : 'unknown',
      activity: `, sren31: {classified: true, derogation: ${derogation}}`,
    };
  },
  health: (value) => {
    const [, country = 'FR', from, to] = /^(?:([A-Z]{2}) )?declared (\S+) (\S+)$/.exec(value) ?? [];
    const dataset = ', categories: [health.care]';
    if (from === undefined) return { dataset, organisation: `, provider: ${value}`, offer: 'unknown' };
    return {
      dataset,
      place: `{country: ${country}}`,
      offer: 'care',
      organisation: `${named(country)}, offers: {care: {qualifications: [{scheme: hds, from: ${from}, to: ${to}}]}}`,
    };
  },
  emotions: () => ({
    organisation: named('FR'),
    activity: ', automated_decisions: {used: false, emotion_recognition: true}',
  }),
  owner: (value) => ({ organisation: `, provider: ${value}` }),
  approval: (value) => {
    const [dated, expires] = value.split(' ');
    return {
      organisation: named('FR'),
      asset: `, teleservice: true, homologation: {dated: ${dated}, expires: ${expires}}`,
    };
  },
  attested: (value) => {
    const [signed, expires] = value.split(' ');
    return {
      organisation: named('FR'),
      more: `attestations:\n  - {rule: GOV-07, subject: evaluation, answer: yes, signed_by: Someone, signed_on: ${signed}, expires: ${expires}}\n`,
    };
  },
  waived: (value) => ({ place: '{country: DE}', organisation: named('DE'), waivedUntil: value }),
};

/** The finding of one rule about the smallest service, on a day. */
function judge(rule: string, day: string, service: Case, language: Language = 'en'): Finding {
  const inventory = buildInventory({
    manifests: [manifestInput(manifestOf(service))],
    observations: [],
    classification: policy.classification,
    catalog,
  });
  const { waivedUntil } = service;
  const where = { file: 'waivers.yaml', line: 1, column: 1 };
  const { findings } = evaluate({
    inventory,
    catalog,
    policy,
    asOf: day,
    language,
    all: true,
    rules: ({ id }) => id === rule,
    waivers:
      waivedUntil === undefined
        ? []
        : [
            {
              rule,
              subject: '*',
              reason: 'x',
              approved_by: 'x',
              approved_on: null,
              expires: waivedUntil,
              last_day: waivedUntil,
              link: null,
              where,
            },
          ],
    words: { how: ({ fact }) => fact, gate: (verdict) => verdict },
  });
  const found = findings.find(({ subject }) => subject.type !== 'organisation' || subject.id === 'host');
  if (!found) throw new Error(`${rule} judged nothing`);
  return found;
}

const table = readTable(readFileSync(join(fixtures, 'point-in-time/verdicts.csv'), 'utf8'));

describe('what a rule says of a fact on a day', () => {
  test.each(
    table.map(
      (row) =>
        [
          `${row['rule']}, ${row['case']} ${row['value']} on ${row['day']}: ${row['verdict']} (${row['source']})`,
          row,
        ] as const,
    ),
  )('%s', (_name, row) => {
    const { case: name = '', value = '', day = '', rule = '', verdict = '', says = '' } = row;
    const service = cases[name]?.(value);
    if (!service) throw new Error(`no case ${name}`);
    const finding = judge(rule, day, service);
    const said = `${finding.message} ${finding.law.map(({ id }) => id).join(' ')}`;
    expect(finding.waiver ? 'waived' : finding.outcome).toBe(verdict);
    // Laws are single words; a decision or a day that the message names is one text.
    const parts = name === 'cites' || says.startsWith('!') ? says.split(/ (?=!)/) : [says];
    for (const part of parts) {
      if (part.startsWith('!')) expect(said).not.toContain(part.slice(1));
      else expect(said).toContain(part);
    }
  });

  test('is asked at least sixty times, each with its source', () => {
    expect(table.length).toBeGreaterThanOrEqual(60);
    expect(table.filter(({ source }) => source === '')).toEqual([]);
  });
});

describe('every row of the tables of the catalog, through the rules', () => {
  const days = readTable(readFileSync(join(fixtures, 'catalog/days.csv'), 'utf8'));
  const scheme = new Map([
    ['2000/520/EC', 'safe_harbour'],
    ['(EU) 2016/1250', 'privacy_shield'],
    ['(EU) 2023/1795', 'dpf'],
    ['2002/2/EC', 'pipeda'],
    ['(EU) 2019/419', 'appi'],
  ]);
  // The European Patent Organisation is no country that a place could be in, and codes that no country has are refused.
  const of = (question: string) =>
    days.filter(({ question: asked, subject = '' }) => asked === question && !/^(EPO|QQ|ZZ)$/.test(subject));
  const member = new Map(of('eea').map(({ subject, day, verdict }) => [`${subject} ${day}`, verdict]));
  const service = (name: string, value: string): Case => cases[name]?.(value) ?? {};
  const outcome = (country: string, day: string, certified?: string): string =>
    judge('TRF-01', day, service('transfer', [country, certified].filter(Boolean).join(' '))).outcome;

  test('membership: no rule of transfer applies inside, one does outside', () => {
    const wrong = of('eea').filter(({ subject = '', day = '', verdict }) => {
      const got = outcome(subject, day);
      return verdict === 'true'
        ? got !== 'not_applicable'
        : verdict === 'unknown'
          ? got !== 'unknown'
          : got !== 'fail' && got !== 'pass';
    });
    expect(wrong).toEqual([]);
  });

  test('adequacy: a decision passes, with the certificate that it asks for; without one nothing does', () => {
    const wrong = of('adequacy').filter(({ subject = '', day = '', verdict = '', detail = '' }) => {
      if (verdict === 'adequate') return outcome(subject, day) !== 'pass';
      if (verdict === 'conditional')
        return (
          outcome(subject, day, scheme.get(detail)) !== 'pass' ||
          outcome(subject, day) !== 'fail' ||
          outcome(subject, day, 'unsaid') !== 'unknown'
        );
      const inside = member.get(`${subject} ${day}`);
      return (
        outcome(subject, day) !==
        (inside === 'unknown' ? 'unknown' : catalog.inEea(subject, day) ? 'not_applicable' : 'fail')
      );
    });
    expect(wrong).toEqual([]);
  });

  test('qualifications: what holds on a day passes, what does not fails, what nobody knows is unknown', () => {
    const wrong = of('qualified').filter(({ subject = '', day = '', verdict }) => {
      const [provider = '', offer, asked] = subject.split('/');
      if (
        asked !== 'secnumcloud' ||
        !catalog.provider(provider) ||
        provider === 'ministry-internal' ||
        day < '2026-04-17'
      )
        return false;
      const hosted = service('offer', offer === '-' ? provider : `${provider}/${offer}`);
      return (
        judge('JUR-03', day, hosted).outcome !==
        (verdict === 'true' ? 'pass' : verdict === 'false' ? 'fail' : 'unknown')
      );
    });
    expect(wrong).toEqual([]);
  });
});

describe('one manifest judged on four days', () => {
  const service: Case = {
    place: '{provider: aws, region: us-east-1}',
    organisation: `${named('US')}, transfer: none, certifications: [{scheme: privacy_shield, from: 2016-09-12, to: 2022-12-31}, {scheme: dpf, from: 2023-09-01, to: null}]`,
  };

  test.each([
    ['2018-10-01', 'pass', 'décision (EU) 2016/1250', 'presumed valid that day (struck down on 2020-07-16)'],
    ['2020-09-01', 'fail', 'US, aucune en vigueur', 'US, none in force'],
    ['2022-06-01', 'fail', 'US, aucune en vigueur', 'US, none in force'],
    ['2026-11-22', 'pass', 'décision (EU) 2023/1795', 'decision (EU) 2023/1795 (on condition: dpf)'],
  ])('on %s TRF-01 is %s, and says by which decision', (day, verdict, french, english) => {
    const [fr, en] = [judge('TRF-01', day, service, 'fr'), judge('TRF-01', day, service, 'en')];
    expect([fr.outcome, en.outcome]).toEqual([verdict, verdict]);
    expect(fr.message).toContain(french);
    expect(en.message).toContain(english);
  });
});
