import { type Command, Option } from 'commander';
import { list } from '../option.ts';
import { type Branch, examples } from '../tree/command.ts';
import type { InitOptions } from './answer.ts';

/** `bercail init`: from nothing to a first audit. */
export function initCommand(program: Command, { context, finish }: Branch): void {
  const init = program
    .command('init')
    .argument('[folder]', '', '.')
    .option('--policy <name>')
    .option('--name <words>')
    .option('--id <name>')
    .option('--aws-profile <list>', '', list)
    .option('--azure-tenant <list>', '', list)
    .option('--collect')
    .addOption(new Option('--ci <forge>').choices(['github', 'gitlab', 'none']))
    .option('-y, --yes')
    .action((folder: string, options: InitOptions) =>
      finish(import('./init.ts').then(({ runInit }) => runInit(folder, options, context))),
    );
  examples(
    init,
    'bercail init',
    'bercail init --yes --policy ministere --aws-profile audit --collect',
    'bercail init --lang fr --ci gitlab',
  );
}
