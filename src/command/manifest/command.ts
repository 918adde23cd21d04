import type { Command } from 'commander';
import { list } from '../option.ts';
import { type Branch, examples } from '../tree/command.ts';
import { optionOf, things } from './thing.ts';

/** `bercail manifest`: writes manifests, by questions or from what was observed. */
export function manifestCommands(program: Command, branch: Branch): void {
  const manifest = program.command('manifest');
  examples(
    manifest,
    'bercail manifest add asset',
    'bercail manifest draft --from aws.inventory.ndjson.gz --into manifest.yaml',
  );
  addCommands(manifest.command('add'), branch);
  draftCommand(manifest.command('draft'), branch);
}

const shown: { readonly [noun: string]: string } = {
  organisation: 'host --provider ovhcloud --role sub_processor --engaged-by builder',
  dataset: 'results --subjects pupil --categories education.results --secrecy discretion',
  asset: 'platform --kind database --operator host --provider ovhcloud --region gra --holds results',
  flow: 'entry --from schools --to platform --datasets results',
  activity: 'assessment --controller ministry --purposes education.assessment --datasets results',
};

function addCommands(add: Command, { context, finish }: Branch): void {
  examples(
    add,
    'bercail manifest add asset',
    'bercail manifest add dataset results --subjects pupil --categories education.results',
  );
  for (const [noun, thing] of Object.entries(things)) {
    const command = add.command(noun).argument('[key]');
    for (const asked of thing.asked) {
      const flags = `--${optionOf(asked)} <${asked.isList ? 'list' : 'word'}>`;
      if (asked.isList) command.option(flags, '', list);
      else command.option(flags);
    }
    command
      .option('--file <file>')
      .option('-y, --yes')
      .action((key: string | undefined, options: object) =>
        finish(import('./add.ts').then(({ addThing }) => addThing(noun, key, { ...options }, context))),
      );
    examples(command, `bercail manifest add ${noun}`, `bercail manifest add ${noun} ${shown[noun] ?? ''}`);
  }
}

function draftCommand(draft: Command, { context, finish }: Branch): void {
  draft
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
