import { type Command, Option } from 'commander';
import type { CommandContext } from '../context.ts';
import { day, list } from '../option.ts';

/** `bercail attest`: what only people can answer. */
export function attestCommand(
  program: Command,
  context: CommandContext,
  finish: (work: Promise<number>) => Promise<void>,
): void {
  program
    .command('attest')
    .argument('[path...]', 'what to audit, as for `check` (default: the current folder)')
    .description('the open questions a person must answer; take signed answers')
    .option('--policy <file>', 'a policy file, or the name of a built-in policy (default: complet)')
    .option('--as-of <date>', 'ask as of this day', day)
    .option('--pack <folder>', 'also the rules of this pack of your own', list)
    .addOption(
      new Option('--lang <language>', 'language of what people read (default: from the locale)').choices([
        'fr',
        'en',
      ]),
    )
    .addOption(
      new Option('--format <format>', 'yaml is a form to fill in')
        .choices(['text', 'json', 'yaml'])
        .default('text'),
    )
    .option('--rule <id>', 'the rule that is asked about, or answered')
    .option('--subject <id>', 'the subject that is asked about, or answered')
    .addOption(new Option('--answer <answer>', 'whether what the rule states holds').choices(['yes', 'no']))
    .option('--signed-by <name>', 'who answers for it')
    .option('--expires <date>', 'last day that it counts (default: in a year)', day)
    .option('--evidence <file>', 'what it rests on: its name and SHA-256 are kept')
    .option(
      '--into <file>',
      'file of attestations (default: the one that bercail.yaml names, else attestations.yaml)',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ bercail attest data-flows/ --lang fr
  $ bercail attest --format yaml > attestations.yaml
  $ bercail attest --rule GOV-07 --subject evaluation --answer yes --signed-by "Ethics officer" --evidence opinion.pdf
`,
    )
    .addHelpText('after', '\nAn answer that is unsigned, undated or expired counts for nothing.\n')
    .action((paths: string[], options: object) =>
      finish(import('./attest.ts').then(({ runAttest }) => runAttest(paths, options, context))),
    );
}
