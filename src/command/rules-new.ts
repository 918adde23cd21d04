import { basename, join, resolve } from 'node:path';
import { nearest } from '../catalog/nearest.ts';
import { BercailError } from '../error.ts';
import { loadBuiltInPacks, readPackFolder } from '../io/content.ts';
import { writeNew } from '../io/file.ts';
import { exists } from '../io/find.ts';
import { isFolder } from '../io/folder.ts';
import type { Language } from '../result/result.ts';
import { type Target, targets } from '../rule/model.ts';
import { readYaml } from '../yaml/read.ts';
import type { CommandContext } from './context.ts';
import { sayIn } from './say.ts';
import { quoted } from './shell.ts';
import { packText, ruleFileText } from './template/rule.ts';

export interface NewRuleOptions {
  readonly name: string;
  readonly pack: string;
  readonly target: string;
  readonly lang?: Language;
}

/**
 * Writes a rule that passes its own examples, for its author to change, and `pack.yaml` where the folder has none.
 * @throws BercailError `usage` for an id or a name that cannot be, or that another rule has; `input` for a file that is there
 */
export async function newRule(
  id: string,
  { name, pack: folder, target, lang }: NewRuleOptions,
  context: CommandContext,
): Promise<number> {
  checkWords(id, name, target);
  if (exists(folder) && !isFolder(folder))
    throw new BercailError('input', { message: `${folder} is a file`, hint: 'a pack is a folder' });
  const builtIn = await loadBuiltInPacks();
  const shipped = builtIn.flatMap(({ rules }) =>
    rules.map(({ raw, source }) => ({ id: raw.id, file: source.file })),
  );
  const own = exists(folder) ? idsIn(folder) : [];
  // The pack that ships with Bercail is in the folder as well, when a rule is added to it.
  const taken = [...own, ...shipped].find((one) => one.id === id);
  if (taken)
    throw new BercailError('usage', {
      message: `${taken.file} already has the id ${id}`,
      hint: 'ids are unique among all packs',
    });

  const file = join(folder, `${id.toLowerCase()}-${name}.yaml`);
  if (exists(file))
    throw new BercailError('input', { message: `${file} is already there`, hint: 'nothing was written' });
  const pack = join(folder, 'pack.yaml');
  if (!exists(pack)) {
    await writeNew(
      pack,
      packText(
        packName(
          folder,
          builtIn.map((one) => one.pack.name),
        ),
      ),
    );
    await context.out(`${pack}\n`);
  }
  await writeNew(
    file,
    ruleFileText({ id, name, target: target as Target, day: context.clock().slice(0, 10) }),
  );
  await context.out(
    `${file}\n\n${sayIn(lang, context)('rules.new')}\n  bercail rules test ${quoted(folder)} --rule ${id}\n`,
  );
  return 0;
}

function checkWords(id: string, name: string, target: string): void {
  const problems = [
    ...(/^[A-Z][A-Z0-9]{1,11}-[0-9]{2,4}$/.test(id)
      ? []
      : [
          {
            message: `${id} cannot be the id of a rule`,
            hint: 'capital letters, a dash and two to four digits, such as ORG-01',
          },
        ]),
    ...(/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)
      ? []
      : [
          {
            message: `${name} cannot be the name of a rule`,
            hint: 'small letters and digits, joined by dashes, such as contract-names-a-contact',
          },
        ]),
    ...(Object.hasOwn(targets, target)
      ? []
      : [
          {
            message: `no target ${target}`,
            hint: `nearest: ${nearest(target, Object.keys(targets)).join(', ') || Object.keys(targets).join(', ')}`,
          },
        ]),
  ];
  if (problems.length > 0) throw new BercailError('usage', problems);
}

/** Ids of the rules of a folder. A file that cannot be read is for `rules test` to tell. */
function idsIn(folder: string): { readonly id: string; readonly file: string }[] {
  return readPackFolder(folder).files.flatMap(({ name, text }) => {
    const file = join(folder, name);
    try {
      const { value } = readYaml(text, file);
      return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
        ? [{ id: value.id, file }]
        : [];
    } catch (error) {
      if (error instanceof BercailError) return [];
      throw error;
    }
  });
}

/** The name of the folder in small letters, unless a built-in pack has it. */
function packName(folder: string, builtIn: readonly string[]): string {
  const plain = basename(resolve(folder)).normalize('NFD').toLowerCase().replace(/\p{M}/gu, '');
  const name = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'own';
  return builtIn.includes(name) ? `own-${name}` : name;
}
