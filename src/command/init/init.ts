import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, readWaivers } from '../../config/read.ts';
import { BercailError } from '../../error.ts';
import type { Tree } from '../../inventory/fact.ts';
import { loadCatalog } from '../../io/content.ts';
import { writeAllNew } from '../../io/file.ts';
import { exists } from '../../io/find.ts';
import { isFolder } from '../../io/folder.ts';
import { translator } from '../../io/translate.ts';
import { readManifest } from '../../manifest/read.ts';
import type { Messages } from '../../report/message.ts';
import { Cancelled } from '../ask/ask.ts';
import { asking } from '../ask/asking.ts';
import { type CommandContext, localeLanguage } from '../context.ts';
import { manifestText } from '../manifest/text.ts';
import { sayIn } from '../say.ts';
import { quoted } from '../shell.ts';
import { type Answers, answersOf, type InitOptions } from './answer.ts';
import { ciFile, configText, type NewFile, waiversText } from './file.ts';
import { type FoundInputs, findInputs } from './find/input.ts';
import { seenIn } from './seen.ts';

/** Asks, looks around, and writes what a first audit needs. What is there is never touched. Returns the exit code. */
export async function runInit(
  folder: string,
  options: InitOptions,
  context: CommandContext,
): Promise<number> {
  const language = options.lang ?? localeLanguage(context.env);
  const say = sayIn(language, context);
  if (exists(folder) && !isFolder(folder))
    throw new BercailError('usage', { message: `${folder} is no folder`, hint: 'name a folder, or none' });
  const translate = translator(language);
  const ask = await asking(context, options.yes ?? false, 'init');
  const loaded = await loadCatalog();
  const { catalog } = loaded;
  context.err(`bercail: ${say('init.looking', { folder })}\n`);
  const found = await findInputs(folder, catalog);
  for (const { path, why } of found.broken)
    context.err(`bercail: ${say('init.broken', { path, why: translate(why) })}\n`);
  if (found.isCut) context.err(`bercail: ${say('init.cut')}\n`);
  let answers: Answers;
  try {
    answers = await answersOf({ folder, ask, options, found, catalog, language, say, context });
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    context.err(`bercail: ${say('init.cancelled')}\n`);
    return 130;
  }
  const seen = await seenIn(folder, answers, loaded, context, say);
  const files = filesOf({ folder, answers, found, seen }, say);
  check(files, catalog);
  const fresh = files.filter(({ path }) => !exists(join(folder, path)));
  await writeAllNew(fresh.map(({ path, text }) => ({ path: join(folder, path), text })));
  await context.out(summary(folder, files, fresh, answers, say));
  return 0;
}

interface Content {
  readonly folder: string;
  readonly answers: Answers;
  readonly found: FoundInputs;
  readonly seen: Awaited<ReturnType<typeof seenIn>>;
}

function filesOf({ folder, answers, found, seen }: Content, say: Messages): readonly NewFile[] {
  const isThere = (path: string): boolean => exists(join(folder, path));
  const manifests = found.manifests.length > 0 ? found.manifests : ['manifest.yaml'];
  const controller: Tree = { name: answers.controller, role: 'controller', kind: 'unknown' };
  const ci = ciFile(answers.ci, (path) => isThere(path) && !mentions(join(folder, path), 'bercail'), say);
  return [
    {
      path: isThere('bercail.yml') ? 'bercail.yml' : 'bercail.yaml',
      text: configText({ folder, policy: answers.policy, manifests, sources: seen.sources }, say),
    },
    ...(found.manifests.length > 0
      ? []
      : [
          {
            path: 'manifest.yaml',
            text: manifestText(
              {
                id: answers.id,
                folder,
                organisations: new Map([['controller', controller]]),
                assets: seen.assets,
                suggested: seen.providers,
                isGuide: true,
              },
              say,
            ),
          },
        ]),
    { path: 'waivers.yaml', text: waiversText(folder, say) },
    ...(ci === null ? [] : [ci]),
  ];
}

/** Whether a file of the forge already runs Bercail: then it is the one. */
function mentions(path: string, word: string): boolean {
  return readFileSync(path, 'utf8').includes(word);
}

/** What Bercail writes, Bercail reads: nothing is written before all of it was. */
function check(files: readonly NewFile[], catalog: Parameters<typeof readManifest>[2]): void {
  for (const { path, text } of files) {
    if (/^bercail\.ya?ml$/.test(path)) readConfig(text, path);
    else if (path === 'manifest.yaml') readManifest(text, path, catalog);
    else if (path === 'waivers.yaml') readWaivers(text, path);
  }
}

function summary(
  folder: string,
  files: readonly NewFile[],
  fresh: readonly NewFile[],
  { sources, ci }: Answers,
  say: Messages,
): string {
  const lines = files.map((file) =>
    say(fresh.includes(file) ? 'init.written' : 'init.left', { path: join(folder, file.path) }),
  );
  const here = folder === '.' ? '' : ` ${quoted(folder)}`;
  const isNetworked = sources.some(({ kind }) => kind === 'aws' || kind === 'azure');
  const commands = [`bercail ${isNetworked ? 'audit' : 'check'}${here}`, 'bercail explain manifest'];
  const include = fresh.find(({ path }) => path.startsWith('.gitlab/'));
  return [
    '',
    ...lines,
    ...(ci === 'gitlab' && include ? ['', say('init.include'), `  include: [{local: ${include.path}}]`] : []),
    '',
    say('init.next'),
    ...commands.map((command) => `  ${command}`),
    '',
  ].join('\n');
}
