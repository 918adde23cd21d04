import { describe, expect, test } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';
import { createMessages } from '../../src/report/message.ts';
import { outcomes, severities } from '../../src/result/result.ts';
import { languages, messageTable } from './rendering.ts';

const tables = { en: messageTable('en'), fr: messageTable('fr') };
const keys = Object.keys(tables.en);

type Ast = ReturnType<IntlMessageFormat['getAst']>;

/** Literal text is of the first type of the parser. */
function isLiteral({ type }: Ast[number]): boolean {
  const first: number = type;
  return first === 0;
}

/** Names of the arguments, with how they are used. */
function argumentsOf(ast: Ast): string[] {
  return ast.flatMap((element) => {
    if (!('value' in element) || isLiteral(element)) return [];
    const nested =
      'options' in element
        ? Object.values(element.options).flatMap((option) => argumentsOf(option.value))
        : [];
    return [`${element.value}:${element.type}`, ...nested];
  });
}

/** The text in each of its forms, an argument standing as « x ». */
function formsOf(ast: Ast): string[] {
  return ast.reduce<string[]>(
    (texts, element) => {
      const parts =
        isLiteral(element) && 'value' in element
          ? [element.value]
          : 'options' in element
            ? Object.values(element.options).flatMap((option) => formsOf(option.value))
            : ['x'];
      return texts.flatMap((text) => parts.map((part) => text + part));
    },
    [''],
  );
}

function parse(language: 'en' | 'fr', key: string): Ast {
  return new IntlMessageFormat(tables[language][key] ?? '', language, undefined, {
    ignoreTag: true,
  }).getAst();
}

describe('the message files', () => {
  test('have the same keys in both languages, in the same order', () => {
    expect(Object.keys(tables.fr)).toEqual(keys);
  });

  test('name the same arguments in both languages', () => {
    const differing = keys.filter((key) => {
      const [en, fr] = (['en', 'fr'] as const).map((language) =>
        [...new Set(argumentsOf(parse(language, key)).map((name) => name.replace(/:.*/, '')))].sort().join(),
      );
      return en !== fr;
    });
    expect(differing).toEqual([]);
  });

  test('have a word for everything that a result may hold', () => {
    const needed = [
      ...severities.map((one) => `severity.${one}`),
      ...outcomes.map((one) => `outcome.${one}`),
      ...['law', 'doctrine', 'contract', 'demand'].map((one) => `basis.${one}`),
      ...['verified', 'secondary', 'to_verify'].map((one) => `mark.${one}`),
      ...['denied', 'error', 'not_collected', 'asked', 'not_asked'].map((one) => `reason.${one}`),
      ...['holding', 'asset', 'dataset', 'organisation', 'flow', 'activity', 'audit'].map(
        (one) => `subject.${one}`,
      ),
      ...[
        'declared',
        'classified',
        'flow',
        'replica',
        'backup',
        'snapshot',
        'share',
        'log',
        'inventory',
        'notification',
        'origin',
        'key',
        'access_point',
      ].map((one) => `path.${one}`),
      ...['pass', 'fail', 'incomplete'].map((one) => `gate.verdict.${one}`),
    ];
    expect(needed.filter((key) => !keys.includes(key))).toEqual([]);
  });

  test.each(languages)('%s: use typographic apostrophes and quotation marks', (language) => {
    expect(keys.filter((key) => formsOf(parse(language, key)).some((text) => /["']/.test(text)))).toEqual([]);
  });

  test('French has a no-break space before : ; ! ? » % and after «', () => {
    const bare = /(?:^|[^\u00a0\u202f])[:;!?»%]|«(?![\u00a0\u202f])/;
    const wrong = keys.filter((key) =>
      formsOf(parse('fr', key)).some((text) =>
        bare.test(text.replace(/`[^`]*`/g, '').replace(/^[:;]/, '\u00a0$&')),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('English has no space before a sign of punctuation', () => {
    expect(keys.filter((key) => formsOf(parse('en', key)).some((text) => /\s[:;!?%]/.test(text)))).toEqual(
      [],
    );
  });
});

describe('messages', () => {
  const messages = createMessages('fr', {
    plain: 'rien',
    named: 'à {place} le {day}',
    plural: '{count, plural, =0 {aucun} one {# écart} other {# écarts}}',
    both: '{count, number} de {name}',
    quoted: "l'{name}",
  });

  test.each([
    ['plain', {}, 'rien'],
    ['named', { place: 'Dublin', day: '2018' }, 'à Dublin le 2018'],
    ['plural', { count: 0 }, 'aucun'],
    ['plural', { count: 1 }, '1 écart'],
    ['plural', { count: 1234 }, '1\u202f234 écarts'],
    ['both', { count: 1e6, name: 'x' }, '1\u202f000\u202f000 de x'],
  ] as const)('%s with %j', (key, values, expected) => {
    expect(messages(key, values)).toBe(expected);
  });

  test('a value is never read as a pattern', () => {
    for (const hostile of ['{count}', "'{'", '{x, plural, other {#}}', '<b>', '$&']) {
      expect(messages('named', { place: hostile, day: hostile })).toBe(`à ${hostile} le ${hostile}`);
      expect(messages('both', { count: 1, name: hostile })).toBe(`1 de ${hostile}`);
    }
  });

  test('a key that is missing is shown, and no member of Object is a message', () => {
    expect(messages('no.such.key')).toBe('no.such.key');
    expect(messages('constructor')).toBe('constructor');
  });
});
