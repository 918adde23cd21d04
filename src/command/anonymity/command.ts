import { type Command, Option } from 'commander';
import { claimWords, emptyModes } from '../../anonymity/types.ts';
import { localeLanguage } from '../context.ts';
import { count } from '../option.ts';
import { type ProgressOptions, withProgress } from '../progress.ts';
import { type Branch, examples, note } from '../tree/command.ts';
import { watched } from '../tree/shared.ts';
import type { AnonymityOptions } from './anonymity.ts';

/** Names between commas; one that holds a comma stands between double quotes, as in CSV. */
function columns(value: string, before: readonly string[] = []): readonly string[] {
  const names = [...value.matchAll(/\s*(?:"((?:[^"]|"")*)"\s*(?=,|$)|([^,]+))/g)];
  return [
    ...before,
    ...names
      .map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain.trim())
      .filter((name) => name !== ''),
  ];
}

/** `bercail anonymity`: measures a claim on a sample, where it lies. */
export function anonymityCommand(program: Command, { context, finish }: Branch): void {
  const command = program
    .command('anonymity')
    .argument('[file...]')
    .option('--quasi <columns>', '', columns)
    .option('--sensitive <columns>', '', columns)
    .option('--pseudonym <columns>', '', columns)
    .option('--ignore <columns>', '', columns)
    .addOption(new Option('--empty <mode>').choices([...emptyModes]).default('own_class'))
    .addOption(new Option('--claim <word>').choices([...claimWords]))
    .option('--k <n>', '', count, 5)
    .option('--l <n>', '', count, 2)
    .option('--sample <n>', '', count)
    .option('--all-values')
    .option('--against <file>')
    .option('--table <column>')
    .option('--smallest-cell <n>', '', count, 11)
    .option('--s3-endpoint <url>')
    .option('--s3-region <code>')
    .option('--aws-profile <name>')
    .option('--manifest <file>')
    .option('--dataset <key>')
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .action((files: string[], options: AnonymityOptions & ProgressOptions) =>
      finish(
        withProgress(options, context, options.lang ?? localeLanguage(context.env), async (context) => {
          const { runAnonymity } = await import('./anonymity.ts');
          context.onEvent?.({ kind: 'phase', phase: 'measure', detail: files.join(', ') });
          return runAnonymity(files, options, context);
        }),
      ),
    );
  watched(command);
  examples(
    note(command, 'anonymity'),
    'bercail anonymity results.csv --quasi school,sex,birth_month --sensitive score',
    'bercail anonymity a.parquet b.parquet --quasi school,sex --sensitive score --claim anonymised --lang fr',
    'bercail anonymity results.csv.gz --manifest manifest.yaml --dataset results --against last-year.csv',
    'bercail anonymity averages.csv --table count --against by-sex.csv',
    'bercail anonymity --manifest manifest.yaml --dataset results',
  );
}
