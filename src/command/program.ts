import { Command, Option } from 'commander';
import { version } from '../io/root.ts';
import { reporterNames } from '../report/names.ts';
import { targets } from '../rule/model.ts';
import { anonymityCommand } from './anonymity/command.ts';
import { attestCommand } from './attest/command.ts';
import type { CommandContext } from './context.ts';
import { audience, audienceKey, evidenceCommands } from './evidence/command.ts';
import { count, day, list } from './option.ts';
import type { NewRuleOptions } from './rules-new.ts';

type Run = (code: number) => void;

/** The command tree. Each command loads its code when it is called: `--version` loads none of it. */
export function createProgram(context: CommandContext, done: Run): Command {
  const program = new Command('bercail')
    .description('May this data about pupils and staff live here, in these hands, under this law?')
    .version(version(), '-V, --version', 'print the version')
    .showHelpAfterError('(`bercail help COMMAND` says more)')
    .configureOutput({ writeErr: context.err, writeOut: (text) => void context.out(text) })
    .exitOverride()
    .addHelpText(
      'after',
      examples(
        'bercail check data-flows/',
        'bercail audit --policy ministere --lang fr',
        'bercail explain LOC-01',
      ),
    );
  const finish = (work: Promise<number>): Promise<void> => work.then(done);

  for (const name of ['audit', 'check'] as const) {
    const command = program
      .command(name)
      .argument('[path...]', inputs)
      .description(
        name === 'audit'
          ? 'collect from the configured sources, evaluate, report'
          : 'the same, from files only: no network, for CI',
      );
    judging(command);
    if (name === 'audit') network(command);
    command
      .addHelpText(
        'after',
        name === 'audit'
          ? examples(
              'bercail audit examples/evaluations-2018 --as-of 2018-10-01',
              'bercail audit --aws --policy ministere --format json',
              'bercail audit --s3-endpoint https://s3.fr-par.scw.cloud --s3-provider scaleway',
              'bercail audit --print-permissions aws',
            )
          : examples(
              'bercail check manifest.yaml',
              'bercail check . --format sarif > bercail.sarif',
              'bercail check --write-baseline known.json; bercail check --baseline known.json',
            ),
      )
      .addHelpText('after', exitCodes)
      .action((paths: string[], options: object) =>
        finish(
          import('./audit.ts').then(({ runAudit }) => runAudit(paths, options, context, name === 'audit')),
        ),
      );
  }

  network(
    program
      .command('collect')
      .argument('[path...]', inputs)
      .description('collect only; write a snapshot a source (evidence, replayable)'),
  )
    .option('--out <dir>', 'folder for NAME.inventory.ndjson.gz', '.')
    .option('--policy <file>', 'policy whose rules decide what is collected')
    .option('--verify', 'check the digest chain of snapshots instead')
    .addHelpText(
      'after',
      examples(
        'bercail collect --aws --out evidence/',
        'bercail collect --verify evidence/aws.inventory.ndjson.gz',
      ),
    )
    .action((paths: string[], options: { out: string }) =>
      finish(import('./collect.ts').then(({ runCollect }) => runCollect(paths, options, context))),
    );

  language(
    program
      .command('explain')
      .argument('<id>', 'code or name of a rule, or the first digits of a finding’s id')
      .description('a rule (law, evidence, fix), or a finding of the last result'),
  )
    .option('--result <file>', 'look for the finding in this result')
    .option('--pack <name>', 'also look in this pack (a folder)', list)
    .addHelpText('after', examples('bercail explain JUR-02 --lang fr', 'bercail explain 3fa94c21'))
    .action((id: string, options: object) =>
      finish(import('./explain.ts').then(({ explain }) => explain(id, options, context))),
    );

  anonymityCommand(program, context, finish);
  attestCommand(program, context, finish);
  evidenceCommands(program, context, finish);

  const rules = program
    .command('rules')
    .description('rule packs: list, show, write, run the examples inside the rule files');
  packs(language(rules.command('list').description('every rule, with its severity and kind of duty')))
    .addHelpText(
      'after',
      examples('bercail rules list --lang fr', 'bercail rules list --pack gdpr --format json'),
    )
    .action((options: object) =>
      finish(import('./rules.ts').then(({ listRules }) => listRules(options, context))),
    );
  packs(
    language(
      rules
        .command('show')
        .argument('<id>', 'code or name of the rule')
        .description('one rule: law, conditions, fix'),
    ),
  ).action((id: string, options: object) =>
    finish(import('./rules.ts').then(({ showRule }) => showRule(id, options, context))),
  );
  packs(
    rules
      .command('test')
      .argument('[folder...]', 'folders of packs (default: the built-in packs)')
      .description('run the examples inside rule files; folders are packs of your own'),
  )
    .option('--rule <id>', 'only this rule', list)
    .addHelpText(
      'after',
      examples('bercail rules test', 'bercail rules test ./our-rules', 'bercail rules test --rule LOC-01'),
    )
    .action((folders: string[], options: object) =>
      finish(import('./rules.ts').then(({ testRules }) => testRules(folders, options, context))),
    );

  rules
    .command('new')
    .description('write a rule with its examples, to start from')
    .argument('<id>', 'its code, unique among all packs: ORG-01')
    .requiredOption('--name <words>', 'its name: the statement in a few words joined by dashes')
    .option('--pack <folder>', 'the folder of its pack, made when it is not there', 'our-rules')
    .addOption(
      new Option('--target <target>', 'what it judges').choices(Object.keys(targets)).default('holding'),
    )
    .addHelpText(
      'after',
      examples(
        'bercail rules new ORG-01 --name contract-names-a-contact --target organisation',
        'bercail rules new ORG-02 --name exports-are-encrypted --pack ./our-rules',
      ),
    )
    .action((id: string, options: NewRuleOptions) =>
      finish(import('./rules-new.ts').then(({ newRule }) => newRule(id, options, context))),
    );

  const catalog = program.command('catalog').description('what the catalog knows, with source and date');
  for (const [name, args] of [
    ['region', '<provider> <code>'],
    ['provider', '<name>'],
    ['country', '<code>'],
    ['law', '<id>'],
    ['category', '<id>'],
    ['purpose', '<id>'],
  ] as const) {
    asking(catalog.command(`${name} ${args}`).description(`one ${name}`))
      .addHelpText(
        'after',
        name === 'region'
          ? examples(
              'bercail catalog region outscale eu-west-2',
              'bercail catalog region azure "France Central"',
            )
          : '',
      )
      .action((...words: unknown[]) => {
        const options = words.at(-2) as object;
        return finish(
          import('./catalog.ts').then(({ askCatalog }) =>
            askCatalog(name, words.slice(0, -2).map(String), options, context),
          ),
        );
      });
  }
  asking(catalog.command('check').description('entries unverified, stale, or expiring soon'))
    .option('--within <days>', 'how soon', count, 30)
    .action((options: object) =>
      finish(import('./catalog.ts').then(({ checkCatalog }) => checkCatalog(options, context))),
    );

  return program;
}

function judging(command: Command): Command {
  return language(command)
    .option('--policy <file>', 'a policy file, or the name of a built-in policy (default: complet)')
    .option('--as-of <date>', 'judge with the law of this day', day)
    .option('--format <list>', `formats: ${reporterNames.join(' ')} (default: text)`, list)
    .option('--out <dir>', 'write bercail.FORMAT.EXT there instead of standard output')
    .addOption(audience)
    .option('--audience-key <file>', audienceKey)
    .option('--all', 'every finding, passes included')
    .option('--include-inventory', 'the result also carries the inventory')
    .addOption(
      new Option(
        '--fail-on <severity>',
        "lowest severity that fails (default: the policy's gate, else high)",
      ).choices(['critical', 'high', 'medium', 'low', 'info', 'never']),
    )
    .addOption(
      new Option(
        '--unknown <which>',
        "which unknowns make a run incomplete (default: the policy's gate, else observed)",
      ).choices(['observed', 'all', 'none']),
    )
    .option('--baseline <file>', 'report only what is new')
    .option('--since <revision>', 'report only what is new since that git revision')
    .option('--write-baseline <file>', 'write the failures of this run as known')
    .option('--waivers <file>', 'file of waivers')
    .option('--bundle <file>', 'also write an evidence bundle (ZIP), for `bercail verify`')
    .option('--key <file>', 'private key that signs the bundle; `bercail keygen` makes one')
    .option(
      '--timestamp <url>',
      'have an authority (RFC 3161) date the bundle: it is sent a hash and no data',
    )
    .option('--strict-waivers', 'a waiver that has expired or matches nothing fails')
    .option('--rule <id>', 'only this rule', list)
    .option('--pack <name>', 'only this pack; a folder is a pack of your own', list)
    .option('--no-color', 'no colour')
    .option('--quiet', 'no warnings or progress')
    .option('--verbose', 'say more on standard error');
}

function network(command: Command): Command {
  return command
    .option('--aws', 'read the AWS account that the environment gives access to')
    .option('--aws-profile <name>', 'profile of the shared AWS configuration')
    .option('--aws-role <name>', 'role to take in each account')
    .option('--aws-organization', 'every account of the organisation')
    .option('--s3-endpoint <url>', 'an S3-compatible endpoint')
    .option('--s3-provider <name>', 'its provider in the catalog, when its host does not tell')
    .option('--s3-region <code>', 'its region, when it does not say')
    .option('--concurrency <n>', 'calls under way at a time, in each account', count)
    .option('--resume <run>', 'take up a run that was cut short: its id, or last')
    .option('--print-permissions <provider>', 'print the least-privilege policy that the loaded rules need');
}

function language(command: Command): Command {
  return command.addOption(
    new Option('--lang <language>', 'language of what people read (default: from the locale)').choices([
      'fr',
      'en',
    ]),
  );
}

function packs(command: Command): Command {
  return command
    .option('--pack <name>', 'only this pack; a folder is a pack of your own', list)
    .addOption(new Option('--format <format>').choices(['text', 'json']));
}

function asking(command: Command): Command {
  return language(command)
    .option('--as-of <date>', 'as of this day', day)
    .addOption(new Option('--format <format>').choices(['text', 'json']));
}

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;
}

const inputs = 'manifests, snapshots, plans, or folders of them (default: the current folder)';

const exitCodes = `
Exit codes: 0 the gate passes; 1 it fails; 2 usage or input error, nothing was judged;
3 incomplete: nothing fails, but evidence that the gate needs is missing.
`;
