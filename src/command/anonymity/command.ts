import { type Command, Option } from 'commander';
import { claimWords, emptyModes } from '../../anonymity/types.ts';
import type { CommandContext } from '../context.ts';
import { count } from '../option.ts';
import type { AnonymityOptions } from './anonymity.ts';

const help = `
Examples:
  $ bercail anonymity results.csv --quasi school,sex,birth_month --sensitive score
  $ bercail anonymity a.parquet b.parquet --quasi school,sex --sensitive score --claim anonymised --lang fr
  $ bercail anonymity results.csv.gz --manifest manifest.yaml --dataset results --against last-year.csv
  $ bercail anonymity averages.csv --table count --against by-sex.csv
  $ bercail anonymity --manifest manifest.yaml --dataset results

Exit codes: 0 no claim, or it holds; 1 the claim is contradicted; 2 usage or input error;
3 the claim cannot be decided. No cell of the data is printed, logged or kept.
`;

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
export function anonymityCommand(
  program: Command,
  context: CommandContext,
  finish: (work: Promise<number>) => Promise<void>,
): void {
  program
    .command('anonymity')
    .argument(
      '[file...]',
      'CSV, JSON lines or Parquet, plain or gzip, or s3://BUCKET/KEY; several files are one table',
    )
    .description('measure an anonymisation claim on a data sample')
    .option('--quasi <columns>', 'quasi-identifiers: what others may know of a person', columns)
    .option('--sensitive <columns>', 'what one would learn', columns)
    .option(
      '--pseudonym <columns>',
      'pseudonyms to test (default: columns with a value of its own in each row)',
      columns,
    )
    .option('--ignore <columns>', 'columns that nobody outside can know', columns)
    .addOption(
      new Option('--empty <mode>', 'what an empty cell is').choices([...emptyModes]).default('own_class'),
    )
    .addOption(new Option('--claim <word>', 'the claim to test').choices([...claimWords]))
    .option('--k <n>', 'smallest group that is safe', count, 5)
    .option('--l <n>', 'fewest sensitive values of a group', count, 2)
    .option(
      '--sample <n>',
      'measure so many rows, the same each time (k is then theirs, not the whole’s)',
      count,
    )
    .option('--all-values', 'look for identifiers in every distinct value, however many')
    .option(
      '--against <file>',
      'another file: pseudonyms used again, or with --table what subtraction gives away',
    )
    .option('--table <column>', 'the file is a published table, with its counts in this column')
    .option('--smallest-cell <n>', 'with --table: a count below this is small', count, 11)
    .option('--s3-endpoint <url>', 'where s3://BUCKET/KEY lies, when it is not AWS')
    .option('--s3-region <code>', 'its region')
    .option('--aws-profile <name>', 'profile of the shared AWS configuration')
    .option('--manifest <file>', 'take the roles of the columns from this manifest')
    .option('--dataset <key>', 'the dataset of the manifest')
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .addOption(
      new Option('--lang <language>', 'language of what people read (default: from the locale)').choices([
        'fr',
        'en',
      ]),
    )
    .addHelpText('after', help)
    .action((files: string[], options: AnonymityOptions) =>
      finish(import('./anonymity.ts').then(({ runAnonymity }) => runAnonymity(files, options, context))),
    );
}
