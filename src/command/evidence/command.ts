import { type Command, Option } from 'commander';
import { count, list } from '../option.ts';
import { type Branch, examples, note } from '../tree/command.ts';
import { audience, watched } from '../tree/shared.ts';

/** What is done with a result once it is there: `report`, `diff`, `verify`, `keygen`. */
export function evidenceCommands(program: Command, { context, finish }: Branch): void {
  const report = program
    .command('report')
    .argument('<result>')
    .option('--format <list>', '', list)
    .option('--out <dir>');
  watched(audience(report))
    .option('--bundle <file>')
    .option('--key <file>')
    .option('--timestamp <url>')
    .option('--no-color')
    .action((path: string, options: object) =>
      finish(import('./report.ts').then(({ runReport }) => runReport(path, options, context))),
    );
  examples(
    report,
    'bercail report result.json --format html,csv --out report/',
    'bercail report result.json --format html,pdf --out public/ --audience public --audience-key key --bundle public.zip',
  );

  const diff = program
    .command('diff')
    .argument('<old>')
    .argument('<new>')
    .option('--format <format>', '', 'text')
    .option('--fail-on-new')
    .action((before: string, after: string, options: object) =>
      finish(import('./diff.ts').then(({ runDiff }) => runDiff(before, after, options, context))),
    );
  examples(diff, 'bercail diff before.json after.json --format markdown --fail-on-new');

  const verify = program
    .command('verify')
    .argument('<bundle>')
    .option('--public-key <file>')
    .option('--timestamp-ca <file>')
    .option('--original <file>')
    .option('--audience-key <file>')
    .option('--deadline <seconds>', '', count)
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .action((path: string, options: object) =>
      finish(import('./verify.ts').then(({ runVerify }) => runVerify(path, options, context))),
    );
  examples(
    note(verify, 'verify'),
    'bercail verify proof.zip',
    'bercail verify proof.zip --public-key union.pem.pub --timestamp-ca authority.pem',
  );

  const keygen = program
    .command('keygen')
    .option('--out <file>', '', 'bercail-key.pem')
    .action((options: { out: string }) =>
      finish(import('./keygen.ts').then(({ runKeygen }) => runKeygen(options, context))),
    );
  examples(
    keygen,
    'bercail keygen --out ~/bercail.pem',
    'bercail audit --bundle proof.zip --key ~/bercail.pem',
  );
}
