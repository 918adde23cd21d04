import { type Command, Option } from 'commander';
import { day, list } from '../option.ts';
import { type Branch, examples, note } from '../tree/command.ts';

/** `bercail attest`: what only people can answer. */
export function attestCommand(program: Command, { context, finish }: Branch): void {
  const command = program
    .command('attest')
    .argument('[path...]')
    .option('--policy <file>')
    .option('--as-of <date>', '', day)
    .option('--pack <folder>', '', list)
    .addOption(new Option('--format <format>').choices(['text', 'json', 'yaml']).default('text'))
    .option('--rule <id>')
    .option('--subject <id>')
    .addOption(new Option('--answer <answer>').choices(['yes', 'no']))
    .option('--signed-by <name>')
    .option('--expires <date>', '', day)
    .option('--evidence <file>')
    .option('--into <file>')
    .action((paths: string[], options: object) =>
      finish(import('./attest.ts').then(({ runAttest }) => runAttest(paths, options, context))),
    );
  examples(
    note(command, 'attest'),
    'bercail attest data-flows/ --lang fr',
    'bercail attest --format yaml > attestations.yaml',
    'bercail attest --rule GOV-07 --subject evaluation --answer yes --signed-by "Ethics officer" --evidence opinion.pdf',
  );
}
