import { join } from 'node:path';
import type { Catalog } from '../../catalog/catalog.ts';
import { readConfig } from '../../config/read.ts';
import { BercailError } from '../../error.ts';
import { loadCatalog } from '../../io/content.ts';
import { readText, writeText } from '../../io/file.ts';
import { exists, expandPattern } from '../../io/find.ts';
import { fieldAt } from '../../manifest/field.ts';
import { addToManifest } from '../../manifest/insert.ts';
import { type Manifest, readManifest } from '../../manifest/read.ts';
import type { Messages } from '../../report/message.ts';
import type { Language } from '../../result/result.ts';
import { quote } from '../../yaml/quote.ts';
import { suggest } from '../../yaml/validate.ts';
import { type Ask, Cancelled } from '../ask/ask.ts';
import { asking } from '../ask/asking.ts';
import { type CommandContext, localeLanguage } from '../context.ts';
import { meanings } from '../explain/field-text.ts';
import { sayIn } from '../say.ts';
import { type Asked, attributeOf, optionOf, type Thing, things, treeOfAnswers, wordsOf } from './thing.ts';

export interface AddOptions {
  readonly file?: string;
  readonly yes?: boolean;
  readonly lang?: Language;
  readonly [option: string]: unknown;
}

type Answers = Map<string, string | readonly string[]>;

/** Adds one thing to a manifest, which keeps its comments and its order. Returns the exit code. */
export async function addThing(
  noun: string,
  key: string | undefined,
  options: AddOptions,
  context: CommandContext,
): Promise<number> {
  const thing = things[noun];
  if (!thing) throw new BercailError('internal', { message: `no thing ${noun}` });
  const language = options.lang ?? localeLanguage(context.env);
  const say = sayIn(language, context);
  const { catalog } = await loadCatalog();
  const path = options.file ?? (await onlyManifest());
  const { text } = await readText(path);
  const manifest = readManifest(text, path, catalog);
  const missing = thing.asked.filter((one) => one.isRequired && options[attributeOf(one)] === undefined);
  const isTold = (key !== undefined || thing.isList === true) && missing.length === 0;
  // With all that is required said, nobody has to be there to be asked.
  const ask = isTold ? null : await asking(context, options.yes ?? false, `manifest add ${noun}`);
  try {
    const name =
      key ??
      (ask ? await ask.text(say('add.key'), '', (answer) => wrongKey(answer, thing, manifest)) : undefined);
    if (!ask) refuseMissing(noun, name, missing, thing);
    if (name !== undefined && thing.isList !== true) refuseKey(name, thing, manifest);
    const answers = await answersOf({ thing, options, ask, manifest, catalog, language, say });
    const value = treeOfAnswers(answers);
    const entry = thing.isList && name !== undefined ? { id: name, ...value } : value;
    const more = addToManifest(text, path, [
      { section: thing.section, key: thing.isList ? null : (name ?? null), value: entry },
    ]);
    readWhole(more, path, catalog);
    await writeText(path, more);
    await context.out(`${say('add.done', { path, name: `${thing.section}.${name ?? '[]'}` })}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    context.err(`bercail: ${say('init.cancelled')}\n`);
    return 130;
  }
}

/** The manifest that is here: the only one that bercail.yaml names, else manifest.yaml. */
async function onlyManifest(): Promise<string> {
  const config = ['bercail.yaml', 'bercail.yml'].find(exists);
  const patterns =
    config === undefined ? [] : (readConfig((await readText(config)).text, config).content.manifests ?? []);
  const named =
    config === undefined
      ? ['manifest.yaml'].filter(exists)
      : patterns.flatMap((one) => expandPattern(join('.', one)));
  const [only, ...others] = named;
  if (only !== undefined && others.length === 0) return only;
  throw new BercailError('usage', {
    message:
      only === undefined ? 'there is no manifest here' : `there are several manifests: ${named.join(', ')}`,
    hint: only === undefined ? '`bercail init` writes one; --file FILE names another' : 'add --file FILE',
  });
}

interface Answering {
  readonly thing: Thing;
  readonly options: AddOptions;
  readonly ask: Ask | null;
  readonly manifest: Manifest;
  readonly catalog: Catalog;
  readonly language: Language;
  readonly say: Messages;
}

async function answersOf(answering: Answering): Promise<Answers> {
  const { thing, options, ask, manifest, catalog } = answering;
  const answers: Answers = new Map();
  for (const asked of thing.asked) {
    const given = options[attributeOf(asked)];
    const words = wordsOf(thing.section, asked).map(({ word }) => word);
    const names = [...words, ...(asked.names?.(manifest, catalog) ?? [])];
    if (typeof given === 'string' || Array.isArray(given)) {
      const answer = Array.isArray(given) ? given.map(String) : given;
      for (const word of typeof answer === 'string' ? [answer] : answer) {
        const wrong = wrongWord(word, names);
        if (wrong !== undefined)
          throw new BercailError('usage', {
            message: `--${optionOf(asked)}: ${quote(word)} is not known`,
            hint: wrong,
          });
      }
      answers.set(asked.field, isUnknown(answer) ? 'unknown' : answer);
    } else if (ask) {
      // A catalog provider brings its name; a region its country.
      if (asked.field === 'name' && answers.has('provider')) continue;
      if (asked.field === 'place.region' && !answers.has('place.provider')) continue;
      if (asked.field === 'place.country' && answers.has('place.provider')) continue;
      const answer = await askFor(asked, names, answering);
      if (answer !== null) answers.set(asked.field, answer);
    }
  }
  return answers;
}

async function askFor(
  asked: Asked,
  names: readonly string[],
  { thing, ask, language, say }: Answering,
): Promise<string | readonly string[] | null> {
  if (!ask) return null;
  const field = fieldAt(`${thing.section}.${asked.field}`);
  const meaning = meanings(language);
  const message = `${optionOf(asked)}: ${meaning(field?.meaning ?? '')}`;
  const words = wordsOf(thing.section, asked);
  const choices = [
    ...words.map(({ word, meaning: told }) => ({ value: word, label: word, hint: meaning(told) })),
    ...names
      .filter((name) => !words.some(({ word }) => word === name))
      .map((name) => ({ value: name, label: name })),
  ];
  const skip = asked.isRequired ? 'unknown' : '';
  // Some dozens are chosen from; of hundreds, people know the name that they want.
  if (choices.length > 0 && choices.length <= 40) {
    if (asked.isList === true) {
      const chosen = await ask.several(
        message,
        choices.filter(({ value }) => value !== 'unknown'),
        [],
      );
      return chosen.length > 0 ? chosen : asked.isRequired ? 'unknown' : null;
    }
    const none = { value: skip, label: say(asked.isRequired ? 'add.unknown' : 'add.skip') };
    const all = [...choices.filter(({ value }) => value !== 'unknown'), none];
    const chosen = await ask.select(message, all, asked.isRequired ? all[0]?.value : skip);
    return chosen === '' ? null : chosen;
  }
  const list = (answer: string): readonly string[] =>
    answer
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean);
  const told = await ask.text(
    `${message} ${say(asked.isRequired ? 'add.or_unknown' : 'add.or_nothing')}`,
    '',
    (answer) => {
      const wrong = list(answer)
        .map((word) => wrongWord(word, names))
        .find((one) => one !== undefined);
      return wrong ?? (asked.isRequired && answer.trim() === '' ? say('add.or_unknown') : undefined);
    },
  );
  if (told === '') return null;
  return asked.isList === true && told !== 'unknown' ? list(told) : told;
}

/** What is wrong with a word, where only some are known. */
function wrongWord(word: string, names: readonly string[]): string | undefined {
  if (names.length === 0 || names.includes(word) || ['unknown', 'false', 'none'].includes(word))
    return undefined;
  return (
    suggest(word, names) ?? `expected one of ${names.slice(0, 12).join(', ')}${names.length > 12 ? '…' : ''}`
  );
}

function isUnknown(answer: string | readonly string[]): boolean {
  return answer === 'unknown' || (Array.isArray(answer) && answer.includes('unknown'));
}

function wrongKey(key: string, thing: Thing, manifest: Manifest): string | undefined {
  try {
    refuseKey(key, thing, manifest);
    return undefined;
  } catch (error) {
    return error instanceof BercailError ? error.message : String(error);
  }
}

function refuseKey(key: string, { section }: Thing, { value, file }: Manifest): void {
  if (!/^(?!(?:unknown|none|schools|families|internet)$)[A-Za-z0-9][A-Za-z0-9._-]*$/.test(key))
    throw new BercailError('usage', {
      message: `${quote(key)} cannot be a name`,
      hint: 'letters, digits, dots, dashes and underscores',
    });
  if (Object.hasOwn((value[section] ?? {}) as object, key))
    throw new BercailError('usage', {
      message: `${section}.${key} is already in ${file}`,
      hint: 'choose another name',
    });
}

function refuseMissing(noun: string, key: string | undefined, missing: readonly Asked[], thing: Thing): void {
  const lacking = [
    ...(key === undefined && thing.isList !== true ? ['KEY'] : []),
    ...missing.map((one) => `--${optionOf(one)}`),
  ];
  if (lacking.length > 0)
    throw new BercailError('usage', {
      message: `manifest add ${noun} needs ${lacking.join(', ')}`,
      hint: 'unknown is an answer: somebody was asked, and could not say',
    });
}

/** What would not be a manifest is not written. Its problems are those of the answers: they have no line yet. */
function readWhole(text: string, path: string, catalog: Catalog): void {
  try {
    readManifest(text, path, catalog);
  } catch (error) {
    if (!(error instanceof BercailError)) throw error;
    throw new BercailError(
      'usage',
      error.problems.map(({ message, hint }) => ({ message, ...(hint === undefined ? {} : { hint }) })),
    );
  }
}
