import { type Command, Option } from 'commander';
import { targets } from '../../rule/model.ts';
import { list } from '../option.ts';
import type { NewRuleOptions } from '../rules-new.ts';
import { type Branch, examples } from './command.ts';
import { packs } from './shared.ts';

/** `explain` and `rules`: what the law asks, and how it is tested. */
export function ruleCommands(program: Command, { context, finish }: Branch): void {
  const explain = program
    .command('explain')
    .argument('<id>')
    .option('--result <file>')
    .option('--pack <name>', '', list)
    .action((id: string, options: object) =>
      finish(import('../explain/explain.ts').then(({ explain: run }) => run(id, options, context))),
    );
  examples(
    explain,
    'bercail explain JUR-02 --lang fr',
    'bercail explain 3fa94c21',
    'bercail explain assets.encryption.key_manager',
    'bercail explain holding',
    'bercail explain glossary',
  );

  const rules = program.command('rules');
  examples(rules, 'bercail rules list --lang fr', 'bercail rules show LOC-01');
  const all = packs(rules.command('list')).action((options: object) =>
    finish(import('../rules.ts').then(({ listRules }) => listRules(options, context))),
  );
  examples(all, 'bercail rules list --lang fr', 'bercail rules list --pack gdpr --format json');
  const show = packs(rules.command('show').argument('<id>')).action((id: string, options: object) =>
    finish(import('../rules.ts').then(({ showRule }) => showRule(id, options, context))),
  );
  examples(show, 'bercail rules show LOC-01', 'bercail rules show TRF-01 --format json');
  const test = packs(rules.command('test').argument('[folder...]'))
    .option('--rule <id>', '', list)
    .action((folders: string[], options: object) =>
      finish(import('../rules.ts').then(({ testRules }) => testRules(folders, options, context))),
    );
  examples(test, 'bercail rules test', 'bercail rules test ./our-rules', 'bercail rules test --rule LOC-01');
  const fresh = rules
    .command('new')
    .argument('<id>')
    .requiredOption('--name <words>')
    .option('--pack <folder>', '', 'our-rules')
    .addOption(new Option('--target <target>').choices(Object.keys(targets)).default('holding'))
    .action((id: string, options: NewRuleOptions) =>
      finish(import('../rules-new.ts').then(({ newRule }) => newRule(id, options, context))),
    );
  examples(
    fresh,
    'bercail rules new ORG-01 --name contract-names-a-contact --target organisation',
    'bercail rules new ORG-02 --name exports-are-encrypted --pack ./our-rules',
  );
}
