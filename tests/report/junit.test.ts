import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import type { Result } from '../../src/result/result.ts';
import { hostile, hostileResult } from '../fixtures/report/hostile.ts';
import { result2018 } from '../fixtures/report/result-2018.ts';
import { languages, render } from './rendering.ts';

interface Element {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: Element[];
  text: string;
}

const entities: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replace(/&([^;]*);/g, (_, name: string) => {
    const found = entities[name];
    if (found === undefined) throw new Error(`no entity &${name};`);
    return found;
  });
}

/** Reads the part of XML that the report is written in, and refuses whatever is not well-formed. */
function parseXml(xml: string): Element {
  // Code points that XML 1.0 does not have.
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(xml))
    throw new Error('a code point that is not XML');
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const body = xml.replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/, '');
  for (const [token] of body.matchAll(/<[^>]*>|[^<]+|</g)) {
    const parent = open.at(-1) as Element;
    if (!token.startsWith('<')) {
      parent.text += unescape(token);
      continue;
    }
    const closing = /^<\/([\w-]+)>$/.exec(token);
    if (closing) {
      if (open.pop()?.name !== closing[1]) throw new Error(`${token} closes nothing`);
      continue;
    }
    const opening = /^<([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>$/.exec(token);
    if (!opening) throw new Error(`not well-formed: ${token.slice(0, 80)}`);
    const attributes = [...(opening[2] ?? '').matchAll(/ ([\w-]+)="([^"]*)"/g)].map(
      ([, key = '', value = '']) => [key, unescape(value)] as const,
    );
    const element: Element = {
      name: opening[1] ?? '',
      attributes: Object.fromEntries(attributes),
      children: [],
      text: '',
    };
    parent.children.push(element);
    if (opening[3] !== '/') open.push(element);
  }
  if (open.length !== 1) throw new Error('something is not closed');
  return root.children[0] as Element;
}

const schema = XmlDocument.fromBuffer(
  readFileSync(new URL('../fixtures/report/schema/junit-10.xsd', import.meta.url)),
);
const jenkins = XsdValidator.fromDoc(schema);
afterAll(() => {
  jenkins.dispose();
  schema.dispose();
});

/** What the schema of Jenkins' xUnit plugin says against a document; throws for one that is not well-formed. */
function refusalOf(xml: string): string | null {
  const document = XmlDocument.fromString(xml);
  try {
    jenkins.validate(document);
    return null;
  } catch (error) {
    return String(error);
  } finally {
    document.dispose();
  }
}

/** What Ant's JUnit task asks beside: attributes, their order, and that numbers are those of what is there. */
function problemsOf(root: Element): string[] {
  const problems: string[] = [];
  const check = (ok: boolean, what: string): void => void (ok || problems.push(what));
  check(root.name === 'testsuites', 'root');
  root.children.forEach((suite, index) => {
    const { attributes, children } = suite;
    check(suite.name === 'testsuite', 'suite');
    check(
      Object.keys(attributes).join() ===
        'name,package,id,timestamp,hostname,tests,failures,errors,skipped,time',
      `attributes of ${attributes['name']}`,
    );
    check(attributes['id'] === String(index) && attributes['name'] !== undefined, 'id');
    check(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(attributes['timestamp'] ?? ''), 'timestamp');
    check(
      children
        .map(({ name }) => name)
        .join()
        .replace(/(testcase,)+/, 'testcase,')
        .replace('testcase,', '') === 'properties,system-out,system-err',
      'order',
    );
    const cases = children.filter(({ name }) => name === 'testcase');
    const count = (state: string): string =>
      String(cases.filter((one) => one.children[0]?.name === state).length);
    check(attributes['tests'] === String(cases.length), 'tests');
    for (const [key, state] of [
      ['failures', 'failure'],
      ['errors', 'error'],
      ['skipped', 'skipped'],
    ] as const)
      check(attributes[key] === count(state), key);
    for (const one of cases) {
      check(Object.keys(one.attributes).join() === 'name,classname,time', 'case');
      check(one.children.length <= 1, 'outcomes of a case');
      for (const { name, attributes: said } of one.children)
        check(
          name === 'skipped'
            ? Object.keys(said).join() === 'message'
            : Object.keys(said).join() === 'type,message',
          name,
        );
    }
  });
  return problems;
}

async function suitesOf(result: Result): Promise<readonly Element[]> {
  return parseXml(await render('junit', result)).children;
}

function outcomeOf(suites: readonly Element[], name: string): string | undefined {
  const found = suites
    .flatMap(({ children }) => children)
    .find(({ attributes }) => attributes['name'] === name);
  return found && (found.children[0]?.name ?? 'pass');
}

describe('junit', () => {
  test.each(languages)('in %s has what readers of JUnit ask', async (language) => {
    const xml = await render('junit', result2018(language));
    expect(problemsOf(parseXml(xml))).toEqual([]);
    expect(refusalOf(xml)).toBeNull();
  });

  test.each(Object.keys(hostile).filter((name) => name !== 'empty') as (keyof typeof hostile)[])(
    'stays well-formed where names are %s',
    async (name) => {
      const xml = await render('junit', hostileResult(hostile[name]));
      expect(problemsOf(parseXml(xml))).toEqual([]);
      expect(refusalOf(xml)).toBeNull();
    },
  );

  test('that the schema would refuse is refused', () => {
    expect(refusalOf('<testsuites><testsuite name="x"/></testsuites>')).toMatch(/tests/);
  });

  test('has a suite a pack, also for a pack in which nothing was found', async () => {
    expect((await suitesOf(result2018('en'))).map(({ attributes }) => attributes['name'])).toEqual([
      'bercail',
      'gdpr',
      'sovereignty',
      'unknown',
      'secret-professionnel',
    ]);
  });

  test.each([
    ['LOC-01 results@reperes', 'failure'],
    ['LOC-01 results@archive', 'skipped'],
    ['SEC-05 identities@ministry-server', 'error'],
    ['DPA-01 contractor', 'skipped'],
    ['gate', 'failure'],
    ['s3:GetBucketEncryption arn:aws:s3:::reperes-logs', 'skipped'],
  ])('%s is %s', async (name, outcome) => {
    expect(outcomeOf(await suitesOf(result2018('en')), name)).toBe(outcome);
  });

  test.each([
    ['pass', 0, 'pass'],
    ['incomplete', 3, 'error'],
  ] as const)('a gate that is %s is never hidden', async (verdict, exitCode, outcome) => {
    const result = result2018('en');
    const gate = { verdict, exit_code: exitCode, reason: 'because' };
    expect(
      outcomeOf(await suitesOf({ ...result, findings: [], summary: { ...result.summary, gate } }), 'gate'),
    ).toBe(outcome);
  });

  test('text comes back as it was', async () => {
    const suites = await suitesOf(hostileResult(hostile.html));
    const failure = suites
      .flatMap(({ children }) => children)
      .flatMap(({ children }) => children)
      .find(({ name }) => name === 'failure');
    expect(failure?.attributes['message']).toBe(hostile.html);
  });
});
