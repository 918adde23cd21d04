import { describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { chainSheet, registerSheet, transferSheet } from '../../../src/report/format/xlsx/context-sheet.ts';
import { render } from '../../../src/report/format/xlsx/xlsx.ts';
import { createTeller } from '../../../src/report/story/teller.ts';
import type { Result } from '../../../src/result/result.ts';
import { context2018, toldResult } from '../../fixtures/report/context-2018.ts';
import { declared2018 } from '../../fixtures/report/declared-2018.ts';
import { hostile, hostileResult } from '../../fixtures/report/hostile.ts';
import { result2018 } from '../../fixtures/report/result-2018.ts';
import { languages, messagesOf } from '../rendering.ts';

function workbook(result: Result): { readonly [name: string]: string } {
  const { language } = result.run;
  const context = { language, messages: messagesOf(language), color: false, width: null, hyperlinks: false };
  const files = unzipSync(render(result, context) as Uint8Array);
  return Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]),
  );
}

test.each(languages)(
  'a workbook in %s has a sheet for each question, and the same bytes twice',
  (language) => {
    const result = result2018(language);
    const files = workbook(result);
    expect(files['xl/workbook.xml']?.match(/<sheet /g)).toHaveLength(5);
    expect(files['xl/worksheets/sheet1.xml']?.match(/<row>/g)).toHaveLength(
      1 + result.findings.filter(({ outcome }) => outcome !== 'unknown').length,
    );
    expect(files['xl/worksheets/sheet2.xml']?.match(/<row>/g)).toHaveLength(1 + result.unknowns.length);
    expect(workbook(result)).toEqual(files);
  },
);

describe.each(Object.keys(hostile) as (keyof typeof hostile)[])('where names are %s', (name) => {
  const files = workbook(hostileResult(hostile[name]));
  test('every cell is a text or a number of ours: no formula, no markup, no character that XML refuses', () => {
    for (const [file, text] of Object.entries(files)) {
      expect([file, /[^\P{Cc}\n]|[\ufffe\uffff]|\p{Cs}/u.exec(text)?.[0]]).toEqual([file, undefined]);
      expect(text.replaceAll(/&(?:amp|lt|gt|quot);/g, '')).not.toContain('&');
    }
    const sheet = files['xl/worksheets/sheet1.xml'] ?? '';
    expect(sheet).not.toMatch(/<f[ >]|<script|<img/);
    expect(
      sheet.replaceAll(
        /<c t="inlineStr" s="[12]"><is><t xml:space="preserve">[^<]*<\/t><\/is><\/c>|<c\/>|<c><v>\d+<\/v><\/c>|<\/?row>/g,
        '',
      ),
    ).toMatch(/<sheetData><\/sheetData>/);
    expect(Math.max(...(sheet.match(/preserve">[^<]*/g) ?? ['']).map(({ length }) => length))).toBeLessThan(
      150_000,
    );
  });
});

const pupil = { fr: 'Élèves', en: 'Pupils' };

/** A context of one activity whose data is in Dublin and in Oregon, run by a company that a US one owns. */
const told: Result = {
  ...result2018('en'),
  context: {
    activities: [
      { id: 'evaluation', title: { en: 'Assessments' }, controller: 'ministry', datasets: ['results'] },
    ],
    datasets: [
      {
        id: 'results',
        title: pupil,
        subjects: ['pupil'],
        categories: ['education.results'],
        population: 800_000,
        unclassified: false,
      },
    ],
    categories: [{ id: 'education.results', label: { en: 'School results' } }],
    organisations: [
      {
        id: 'ministry',
        name: 'Ministry',
        role: 'controller',
        kind: 'public_body',
        seat: 'FR',
        engaged_by: null,
        declared: true,
        owners: [],
        exposures: [],
        mark: null,
        source: null,
        assets: 0,
      },
      {
        id: 'host',
        name: 'Host SARL',
        role: 'sub_processor',
        kind: 'company',
        seat: 'LU',
        engaged_by: 'ministry',
        declared: true,
        owners: [{ name: 'Host Inc.', country: 'US' }],
        exposures: null,
        mark: null,
        source: null,
        assets: 2,
      },
    ],
    places: [
      {
        provider: 'aws',
        region: 'eu-west-1',
        city: 'Dublin',
        countries: ['IE'],
        complete: true,
        scope: 'region',
        reason: null,
        assets: 1,
        stored: 1,
        processed: 0,
        copies: 0,
        datasets: ['results'],
        operators: ['host'],
        subjects: ['pupil'],
      },
      {
        provider: 'aws',
        region: 'us-west-2',
        city: 'Boardman',
        countries: ['US'],
        complete: true,
        scope: 'region',
        reason: null,
        assets: 1,
        stored: 1,
        processed: 0,
        copies: 1,
        datasets: ['results'],
        operators: ['host'],
        subjects: ['pupil'],
      },
      {
        provider: 'aws',
        region: 'xx-1',
        city: null,
        countries: [],
        complete: false,
        scope: 'unknown',
        reason: 'error',
        assets: 1,
        stored: 1,
        processed: 0,
        copies: 0,
        datasets: ['results'],
        operators: [],
        subjects: ['pupil'],
      },
    ],
    stores: [],
    flows: [],
    claims: [],
    rules: [],
    countries: [
      {
        id: 'FR',
        name: { en: 'France' },
        in_eea: true,
        in_france: true,
        adequacy: 'adequate',
        decision: null,
      },
      {
        id: 'IE',
        name: { en: 'Ireland' },
        in_eea: true,
        in_france: false,
        adequacy: 'adequate',
        decision: null,
      },
      {
        id: 'LU',
        name: { en: 'Luxembourg' },
        in_eea: true,
        in_france: false,
        adequacy: 'adequate',
        decision: null,
      },
      {
        id: 'US',
        name: { en: 'United States' },
        in_eea: false,
        in_france: false,
        adequacy: 'none',
        decision: null,
      },
    ],
  },
};

describe('what the context tells', () => {
  const teller = createTeller(told, 'en', messagesOf('en'));

  /** The cells of a sheet's first row by heading. */
  function firstRow({ columns, rows }: ReturnType<typeof registerSheet>): {
    readonly [heading: string]: unknown;
  } {
    const [row = []] = [...rows];
    return Object.fromEntries(columns.map(({ label }, index) => [label, row[index]]));
  }

  test('the register marks what neither manifest nor source says, and guesses none of it', () => {
    const blank = '[to complete: the manifest does not say]';
    expect(firstRow(registerSheet(teller))).toMatchObject({
      'Processing activity': 'Assessments',
      Controller: 'Ministry',
      Purposes: blank,
      'Legal basis': expect.stringMatching(/^\[to complete/),
      'People concerned': 'pupils',
      'How many': 800_000,
      'Categories of data': 'Pupils: School results',
      'Time limits': blank,
      'Recipients and operators': 'Host SARL',
      Processors: 'Host SARL: Sub-processor, engaged by Ministry',
      'Kept or processed in': 'Dublin (Ireland)\nBoardman (United States)\nplace not known',
      'Outside the EEA':
        'United States: no adequacy decision\nKept or processed where no country is known, or not all',
      'Safeguards of transfers': `Host SARL: ${blank}`,
      'Security measures': '',
    });
  });

  test('the register says what a manifest declares, with « none » and « asked » told apart', () => {
    const full = { ...toldResult('en'), context: { ...context2018, ...declared2018 } };
    expect(firstRow(registerSheet(createTeller(full, 'en', messagesOf('en'))))).toMatchObject({
      Purposes: 'Assessment of pupils',
      'Legal basis':
        'task in the public interest (GDPR, art.\u00a06(1)(e))\nNational text: not known (asked, no answer)',
      'Data protection officer': 'dpo@example.org',
      'Special categories and national number':
        'Answers and scores: exception of article 9(2) declared: gdpr.9.2.g',
      'Time limits': expect.stringMatching(/^1.year and 6.months\n/),
      'Safeguards of transfers': expect.stringContaining(
        'Open Assessment Technologies SA: standard contractual clauses',
      ),
      'Security measures': expect.stringContaining(
        'reperes.cp-ce1.org, Log of accesses: no or none (declared)',
      ),
    });
  });

  test('a place outside, a place not known and an owner outside are three different things', () => {
    expect([...transferSheet(teller).rows].map(([what, who, country]) => [what, who, country])).toEqual([
      ['Kept or processed there: Boardman (United States)', 'Host SARL', 'United States'],
      [expect.stringMatching(/^Kept or processed where no country is known/), '', expect.any(String)],
      ['Owner established there (by itself no transfer)', 'Host SARL', 'United States'],
    ]);
  });

  test('the chain tells who engaged whom, and what is not known', () => {
    const [, host] = [...chainSheet(teller).rows];
    expect(host?.slice(0, 6)).toEqual([
      'Host SARL',
      expect.any(String),
      'Ministry',
      'yes',
      'Luxembourg',
      'Host Inc. (United States)',
    ]);
  });
});
