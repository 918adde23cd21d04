import { type Command, Option } from 'commander';
import { reporterNames } from '../../report/names.ts';
import type { CommandContext } from '../context.ts';
import { list } from '../option.ts';

/** For whom reports are, and what names are hidden with. */
export const audience = new Option(
  '--audience <who>',
  'hide names from readers outside (default: internal)',
).choices(['public', 'partner', 'internal']);
export const audienceKey =
  'key of the pseudonyms: any file of 16 bytes or more, the same for reports that have to agree';

/** What is done with a result once it is there: `report`, `diff`, `verify`, `keygen`. */
export function evidenceCommands(
  program: Command,
  context: CommandContext,
  finish: (work: Promise<number>) => Promise<void>,
): void {
  const language = (text: string): Option => new Option('--lang <language>', text).choices(['fr', 'en']);

  program
    .command('report')
    .argument('<result>', 'a result that --format json wrote')
    .description('render a saved result')
    .option('--format <list>', `formats: ${reporterNames.join(' ')} (default: text)`, list)
    .option('--out <dir>', 'write bercail.FORMAT.EXT there instead of standard output')
    .addOption(language('language of what people read (default: that of the result)'))
    .addOption(audience)
    .option('--audience-key <file>', audienceKey)
    .option('--no-color', 'no colour')
    .addHelpText('after', examples('bercail report result.json --format html,csv --out report/'))
    .action((path: string, options: object) =>
      finish(import('./report.ts').then(({ runReport }) => runReport(path, options, context))),
    );

  program
    .command('diff')
    .argument('<old>', 'a result that --format json wrote')
    .argument('<new>', 'a later one')
    .description('what appeared, went, changed between two results')
    .option('--format <format>', 'text, json, markdown or html', 'text')
    .addOption(language('language of what people read (default: from the locale)'))
    .option('--fail-on-new', 'end with 1 when something fails that did not')
    .addHelpText('after', examples('bercail diff before.json after.json --format markdown --fail-on-new'))
    .action((before: string, after: string, options: object) =>
      finish(import('./diff.ts').then(({ runDiff }) => runDiff(before, after, options, context))),
    );

  program
    .command('verify')
    .argument('<bundle>', 'a bundle that --bundle wrote')
    .description('check an evidence bundle: every hash, the signature, the replay')
    .option('--public-key <file>', 'the key that has to have signed it')
    .option('--timestamp-ca <file>', 'certificates (PEM) of the authorities whose timestamp it has to have')
    .addOption(language('language of what people read (default: from the locale)'))
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      examples(
        'bercail verify proof.zip',
        'bercail verify proof.zip --public-key union.pem.pub --timestamp-ca authority.pem',
      ),
    )
    .addHelpText(
      'after',
      '\nExit codes: 0 it holds; 1 it was altered, or gives other findings; 2 it could not be read.\n',
    )
    .action((path: string, options: object) =>
      finish(import('./verify.ts').then(({ runVerify }) => runVerify(path, options, context))),
    );

  program
    .command('keygen')
    .description('make a key that signs evidence bundles')
    .option('--out <file>', 'file of the private key; the public one is FILE.pub', 'bercail-key.pem')
    .addHelpText(
      'after',
      examples('bercail keygen --out ~/bercail.pem', 'bercail audit --bundle proof.zip --key ~/bercail.pem'),
    )
    .action((options: { out: string }) =>
      finish(import('./keygen.ts').then(({ runKeygen }) => runKeygen(options, context))),
    );
}

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;
}
