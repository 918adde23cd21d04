import type { Command } from 'commander';
import { list } from '../option.ts';
import { type Branch, examples } from '../tree/command.ts';

/** `bercail manifest`: writes manifests, by questions or from what was observed. */
export function manifestCommands(program: Command, { context, finish }: Branch): void {
  const manifest = program.command('manifest');
  examples(
    manifest,
    'bercail manifest add asset',
    'bercail manifest draft --from aws.inventory.ndjson.gz --into manifest.yaml',
  );
  const draft = manifest
    .command('draft')
    .argument('[manifest...]')
    .requiredOption('--from <path>', '', list)
    .option('--into <file>')
    .option('--id <name>', '', 'observed')
    .option('--all')
    .action((paths: string[], options: { from: readonly string[]; id: string }) =>
      finish(import('./draft.ts').then(({ draftManifest }) => draftManifest(paths, options, context))),
    );
  examples(
    draft,
    'bercail manifest draft --from aws.inventory.ndjson.gz > observed.yaml',
    'bercail manifest draft --from plan.json --into manifest.yaml',
  );
}
