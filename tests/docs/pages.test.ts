import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { loadLibrary } from '../../scripts/docs/library.ts';
import { anchor, prose } from '../../scripts/docs/markdown.ts';
import { meaningOfField, meaningOfVariable } from '../../scripts/docs/model/meaning.ts';
import { generateDocs } from '../../scripts/docs.ts';
import { createProgram } from '../../src/command/program.ts';
import { fixedClock } from '../../src/io/clock.ts';
import { root } from '../../src/io/root.ts';
import { manifestSchema } from '../../src/manifest/schema/manifest.ts';
import { type RecordName, records, type Target, targets } from '../../src/rule/model.ts';

const library = await loadLibrary();
const pages = generateDocs(library);
const pageOf = (path: string): string => pages.get(path) ?? '';

test('two runs give the same bytes', async () => {
  expect([...generateDocs(await loadLibrary())]).toEqual([...pages]);
});

test('no page has a hole where a word should be', () => {
  for (const [path, text] of pages)
    expect([path, /undefined|\[object|NaN/.exec(text)?.[0] ?? null]).toEqual([path, null]);
});

test('every link leads to a page, a file or a heading that is there', () => {
  const headings = (text: string): Set<string> =>
    new Set(
      [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchor(heading.replace(/[`\\]/g, ''))),
    );
  const broken: string[] = [];
  for (const [path, text] of pages) {
    for (const [, address = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(address)) continue;
      const [file = '', heading] = address.split('#');
      const target = file === '' ? path : normalize(join(dirname(path), file)).replaceAll('\\', '/');
      const page = pages.get(target);
      if (page === undefined && !existsSync(join(root, target))) broken.push(`${path}: ${address}`);
      if (heading !== undefined && page !== undefined && !headings(page).has(decodeURIComponent(heading)))
        broken.push(`${path}: ${address}`);
    }
  }
  expect(broken).toEqual([]);
});

describe('the page of a rule', () => {
  const texts = library.rules.map((rule) => [rule.id, rule, pageOf(`docs/rules/${rule.id}.md`)] as const);

  test.each(texts)('%s has its statement, reasons and remedies in both languages', (_, { source }, text) => {
    for (const part of [source.title, source.why, source.fix]) {
      for (const said of [part.fr, part.en])
        expect(text).toContain(prose(typeof said === 'string' ? said : (said?.en ?? '')));
    }
    for (const [provider, said] of Object.entries(source.fix)) {
      if (provider !== 'fr' && provider !== 'en')
        expect(text).toContain(prose(typeof said === 'string' ? said : (said.fr ?? '')));
    }
  });

  test.each(texts)('%s names each of its texts, with its dates and mark', (_, rule, text) => {
    for (const { id } of rule.law) {
      const law = library.catalog.law(id);
      expect(text).toContain(prose(law?.label.fr ?? id));
      expect(text).toContain(prose(law?.title.en ?? id));
      for (const day of [law?.from, law?.to, law?.checked_on]) expect(text).toContain(day ?? '');
    }
  });

  test.each(texts)('%s has each example, with what it must give', (_, { source }, text) => {
    for (const { name, expect: expected } of source.tests) {
      const outcome = typeof expected === 'string' ? expected : Object.keys(expected ?? {})[0];
      const row = text
        .split('\n')
        .find(
          (line) =>
            line.startsWith(`| ${prose(name).replaceAll('|', '\\|')} |`) && line.includes(`\`${outcome}\``),
        );
      expect([name, row === undefined]).toEqual([name, false]);
    }
  });

  test.each(texts)('%s names its parameters and the file to change', (_, rule, text) => {
    for (const name of Object.keys(rule.source.params ?? {})) expect(text).toContain(`\`${name}\``);
    expect(text).toContain(rule.positionOf([]).file);
  });
});

describe('the index of rules', () => {
  const sections = pageOf('docs/rules/README.md').split(/^## /m);
  test.each(['By pack', 'By law article', 'By severity', 'By source', 'By policy'])(
    '%s: has every rule',
    (title) => {
      const section = sections.find((text) => text.split('\n')[0]?.includes(title)) ?? '';
      const absent = library.rules.filter(({ id }) => !section.includes(`(${id}.md)`)).map(({ id }) => id);
      expect(absent).toEqual([]);
    },
  );
});

test('the page of policies has each policy with its rules', () => {
  const text = pageOf('docs/policies.md');
  for (const { name, policy } of library.policies) {
    const section = text.split(/^## /m).find((part) => part.startsWith(`${name}\n`)) ?? '';
    for (const { rule } of policy.rules)
      expect([name, rule.id, section.includes(`rules/${rule.id}.md`)]).toEqual([name, rule.id, true]);
    for (const { rule } of policy.disabled)
      expect([name, section.includes(`rules/${rule}.md`)]).toEqual([name, true]);
  }
});

test('the page of the command line has every command, argument, option and example', () => {
  const text = pageOf('docs/cli.md');
  const visit = (command: Command, path: string): void => {
    const own = command.commands.filter((one) => one.name() !== 'help');
    for (const one of own) visit(one, `${path} ${one.name()}`);
    if (own.length > 0) return;
    const section = text.split(/^## /m).find((part) => part.startsWith(`${path}\n`)) ?? '';
    expect([path, section === '']).toEqual([path, false]);
    for (const { flags } of command.options)
      expect([path, section.includes(`\`${flags}\``)]).toEqual([path, true]);
    for (const argument of command.registeredArguments)
      expect([path, section.includes(`\`${argument.name()}`)]).toEqual([path, true]);
  };
  const context = {
    out: () => Promise.resolve(),
    err: () => {},
    clock: fixedClock('2026-11-22T00:00:00Z'),
    env: {},
    terminal: { color: false, width: 80, isInteractive: false, hyperlinks: false },
    signal: new AbortController().signal,
  };
  visit(
    createProgram(context, () => {}),
    'bercail',
  );
  for (const exit of ['0', '1', '2', '3']) expect(text).toContain(`| \`${exit}\` |`);
  expect(text).toContain('bercail audit examples/evaluations-2018 --as-of 2018-10-01');
});

test('the page of the manifest has every field of its schema', () => {
  const text = pageOf('docs/manifest.md');
  const fields = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('properties' in node && typeof node.properties === 'object' && node.properties !== null)
      for (const name of Object.keys(node.properties)) fields.add(name);
    for (const value of Object.values(node)) visit(value);
  };
  visit(manifestSchema);
  const absent = [...fields].filter((name) => !text.includes(`\`${name}\``) && !['fr', 'en'].includes(name));
  expect(absent).toEqual([]);
});

describe('the model', () => {
  test.each(Object.keys(records))('every field of %s has a meaning', (name) => {
    const record = name as RecordName;
    expect(Object.keys(records[record]).filter((field) => meaningOfField(record, field) === '')).toEqual([]);
  });

  test.each(Object.keys(targets))('every variable of %s has a meaning', (name) => {
    const target = name as Target;
    expect(
      Object.entries(targets[target]).filter(
        ([variable, type]) => meaningOfVariable(target, variable, type) === '',
      ),
    ).toEqual([]);
  });
});
