import { type Command, Option } from 'commander';
import { count, day, list } from '../option.ts';
import { type Branch, examples, note } from './command.ts';
import { audience, watched } from './shared.ts';

/** `audit`, `check` and `collect`: what reads sources. */
export function judgingCommands(program: Command, { context, finish }: Branch): void {
  const audit = network(judging(program.command('audit')));
  const check = judging(program.command('check'));
  examples(
    audit,
    'bercail audit examples/evaluations-2018 --as-of 2018-10-01',
    'bercail audit --aws --policy ministere --format json',
    'bercail audit --azure --azure-subscription ent-prod,ent-test',
    'bercail audit --s3-endpoint https://s3.fr-par.scw.cloud --s3-provider scaleway',
    'bercail audit --print-permissions aws',
  );
  examples(
    check,
    'bercail check manifest.yaml',
    'bercail check . --format sarif > bercail.sarif',
    'bercail check --write-baseline known.json; bercail check --baseline known.json',
  );
  for (const command of [audit, check])
    note(command, 'exit').action((paths: string[], options: object) =>
      finish(
        import('../audit.ts').then(({ runAudit }) => runAudit(paths, options, context, command === audit)),
      ),
    );
  const collect = watched(network(program.command('collect').argument('[path...]')))
    .option('--out <dir>', '', '.')
    .option('--policy <file>')
    .option('--verify')
    .action((paths: string[], options: { out: string }) =>
      finish(import('../collect.ts').then(({ runCollect }) => runCollect(paths, options, context))),
    );
  examples(
    collect,
    'bercail collect --aws --out evidence/',
    'bercail collect --verify evidence/aws.inventory.ndjson.gz',
  );
}

function judging<C extends Command>(command: C): C {
  const judged = command
    .argument('[path...]')
    .option('--policy <file>')
    .option('--as-of <date>', '', day)
    .option('--format <list>', '', list)
    .option('--out <dir>');
  const options = audience(judged)
    .option('--all')
    .option('--include-inventory')
    .addOption(
      new Option('--fail-on <severity>').choices(['critical', 'high', 'medium', 'low', 'info', 'never']),
    )
    .addOption(new Option('--unknown <which>').choices(['observed', 'all', 'none']))
    .option('--baseline <file>')
    .option('--since <revision>')
    .option('--write-baseline <file>')
    .option('--waivers <file>')
    .option('--bundle <file>')
    .option('--key <file>')
    .option('--timestamp <url>')
    .option('--strict-waivers')
    .option('--rule <id>', '', list)
    .option('--pack <name>', '', list)
    .option('--deadline <seconds>', '', count)
    .option('--no-color');
  return watched(options);
}

function network<C extends Command>(command: C): C {
  return command
    .option('--aws')
    .option('--aws-profile <name>')
    .option('--aws-role <name>')
    .option('--aws-organization')
    .option('--azure')
    .option('--azure-subscription <list>', '', list)
    .option('--s3-endpoint <url>')
    .option('--s3-provider <name>')
    .option('--s3-region <code>')
    .option('--concurrency <n>', '', count)
    .option('--resume <run>')
    .option('--print-permissions <provider>');
}
