import type { Command } from 'commander';
import { type Branch, examples, note } from '../tree/command.ts';

/** `bercail browse`: a result on the whole screen. */
export function browseCommand(program: Command, { context, finish }: Branch): void {
  const command = program
    .command('browse')
    .argument('[result]')
    .option('--all')
    .option('--waivers <file>')
    .option('--no-color')
    .action((path: string | undefined, options: object) =>
      finish(import('./browse.ts').then(({ runBrowseCommand }) => runBrowseCommand(path, options, context))),
    );
  examples(
    note(command, 'browse'),
    'bercail audit; bercail browse',
    'bercail audit --all --format json > result.json; bercail browse result.json --all',
  );
}
