import type { Command } from 'commander';
import { count } from '../option.ts';
import { type Branch, examples } from './command.ts';
import { asking } from './shared.ts';

const questions = [
  ['region', '<provider> <code>', 'outscale eu-west-2', 'azure "France Central"'],
  ['provider', '<name>', 'ovhcloud', 'aws --as-of 2018-10-01'],
  ['country', '<code>', 'US --as-of 2018-10-01', 'GB --format json'],
  ['law', '<id>', 'gdpr.28.2'],
  ['category', '<id>', 'education.results'],
  ['purpose', '<id>', 'education.assessment'],
] as const;

/** `catalog`: what is known of regions, providers, countries and texts. */
export function catalogCommands(program: Command, { context, finish }: Branch): void {
  const catalog = program.command('catalog');
  examples(catalog, 'bercail catalog region aws eu-west-3', 'bercail catalog country US --as-of 2018-10-01');
  for (const [name, args, ...asked] of questions) {
    const question = asking(catalog.command(`${name} ${args}`)).action((...words: unknown[]) => {
      const options = words.at(-2) as object;
      return finish(
        import('../catalog.ts').then(({ askCatalog }) =>
          askCatalog(name, words.slice(0, -2).map(String), options, context),
        ),
      );
    });
    examples(question, ...asked.map((one) => `bercail catalog ${name} ${one}`));
  }
  const check = asking(catalog.command('check'))
    .option('--within <days>', '', count, 30)
    .action((options: object) =>
      finish(import('../catalog.ts').then(({ checkCatalog }) => checkCatalog(options, context))),
    );
  examples(check, 'bercail catalog check --within 90');
}
