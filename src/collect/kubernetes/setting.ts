import { BercailError } from '../../error.ts';
import { parseSourceText } from '../code/document.ts';
import { isValueTree, textOf, type Value, type ValueTree } from '../code/value.ts';

/** A setting of an object: its name, its value, and the names on the way to it. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  readonly way: string;
}

/** Files within files, and files within those: as deep as anybody writes them. */
const DEPTH = 3;

/**
 * Every setting in a value: members, the pairs of `env` and `environment`, the words of a command, and what stands in a
 * file that is a value (YAML, JSON, properties, a script). Values are never kept whole.
 */
export function settingsOf(value: Value, way = '', name = '', depth = 0): readonly Setting[] {
  if (Array.isArray(value)) {
    const list = value as readonly Value[];
    const texts = list.map(textOf);
    if (isCommand(way) && texts.every((one) => one !== null)) return wordsOf(texts.join(' '), way, name);
    return list.flatMap((one) => settingsOf(one, way, name, depth));
  }
  if (isValueTree(value)) {
    const pair = textOf(value['name'] ?? value['key']);
    const own = textOf(value['value']);
    if (pair !== null && own !== null) return [{ name: pair, value: plain(own), way }];
    return Object.entries(value).flatMap(([key, one]) => settingsOf(one, `${way}.${key}`, key, depth));
  }
  const text = textOf(value);
  if (text === null) return [];
  if (isCommand(way)) return wordsOf(text, way, name);
  if (/\n|^\s*[{[]/.test(text)) return fileSettings(text, way, name, depth);
  const assigned = /(?:^|\.)environment$/.test(way) ? /^([A-Za-z_]\w*)=(.*)$/s.exec(text) : null;
  return [
    assigned
      ? { name: assigned[1] ?? '', value: plain(assigned[2] ?? ''), way }
      : { name, value: plain(text), way },
  ];
}

const FRAME = new Set(['apiVersion', 'kind', 'metadata', 'status', 'binaryData']);

/** All that an object of a cluster says beside what it is and what became of it, files in base64 as well. */
export function settingsOfObject(tree: ValueTree): readonly Setting[] {
  const content = Object.entries(tree).filter(([name]) => !FRAME.has(name));
  return [...settingsOf(Object.fromEntries(content)), ...hidden(tree['binaryData'])];
}

function hidden(files: Value): readonly Setting[] {
  return Object.entries(isValueTree(files) ? files : {}).flatMap(([name, value]) => {
    const text = Buffer.from(textOf(value) ?? '', 'base64').toString('utf8');
    // What is no text is a certificate or a picture.
    return /[\0\uFFFD]/.test(text) ? [] : fileSettings(text, `.binaryData.${name}`, name);
  });
}

/** The settings of a text that is a file: the members of its tree, else its lines. */
export function fileSettings(text: string, way: string, name: string, depth = 0): readonly Setting[] {
  if (depth < DEPTH) {
    try {
      return settingsOf(parseSourceText(text, name).tree, way, name, depth + 1);
    } catch (error) {
      if (!(error instanceof BercailError)) throw error;
    }
  }
  return text.split('\n').flatMap((line) => {
    const pair = /^(?:export\s+|[-*]\s+)?["']?([\w.-]+)["']?\s*[=:]\s*(\S.*)$/.exec(line.trim());
    return pair && !(pair[2] ?? '').startsWith('//')
      ? [
          { name: pair[1] ?? '', value: plain(unquoted(pair[2] ?? '')), way },
          ...namedIn(pair[2] ?? '', way, name),
        ]
      : wordsOf(line, way, name);
  });
}

/** Addresses in the midst of a text: the rest of it is no setting. */
function namedIn(text: string, way: string, name: string): readonly Setting[] {
  const start = text.search(/\S/);
  return [...text.matchAll(/\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s"'<>]+/gi)]
    .filter(({ index }) => index > start)
    .map(([value]) => ({ name, value: plain(value), way }));
}

function isCommand(way: string): boolean {
  return /(?:^|\.)(?:args|command|entrypoint)$/.test(way);
}

/** `--endpoint-url=X`, `--bucket X`, `-Ds3.region=X`, `NAME=X`, and what stands alone. */
function wordsOf(text: string, way: string, name: string): readonly Setting[] {
  const words = text.split(/\s+/).map(unquoted).filter(Boolean);
  return words.flatMap((word, i): readonly Setting[] => {
    const pair = /^(?:-D|--?)?([A-Za-z][\w.-]*)=(.+)$/s.exec(word);
    if (pair) return [{ name: pair[1] ?? '', value: plain(unquoted(pair[2] ?? '')), way }];
    if (word.startsWith('-')) return [];
    const flag = /^--?([A-Za-z][\w.-]*)$/.exec(words[i - 1] ?? '')?.[1];
    return [{ name: flag ?? name, value: plain(word), way }];
  });
}

function unquoted(text: string): string {
  return text.replace(/^["'<(]+|(?<!["'>),;])["'>),;]+$/g, '');
}

/** `${NAME:-default}` stands for its default; what is left to the environment is empty. */
function plain(text: string): string {
  return text.replace(
    /\$\{[^{}$:-]+(?::?-([^}]{0,300}))?\}/g,
    (_, fallback: string | undefined) => fallback ?? '',
  );
}
