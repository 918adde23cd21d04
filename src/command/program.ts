import { Option } from 'commander';
import { version } from '../io/root.ts';
import type { Language } from '../result/result.ts';
import { anonymityCommand } from './anonymity/command.ts';
import { attestCommand } from './attest/command.ts';
import { browseCommand } from './browse/command.ts';
import { type CommandContext, localeLanguage } from './context.ts';
import { refusal } from './error/refusal.ts';
import { evidenceCommands } from './evidence/command.ts';
import { initCommand } from './init/command.ts';
import { manifestCommands } from './manifest/command.ts';
import { catalogCommands } from './tree/catalog.ts';
import { examples, SpokenCommand } from './tree/command.ts';
import { judgingCommands } from './tree/judging.ts';
import { localise } from './tree/localise.ts';
import { ruleCommands } from './tree/rule.ts';
import { setupCommands } from './tree/setup.ts';

/** The command tree. Each command loads its code when it is called: `--version` loads none of it. */
export function createProgram(
  context: CommandContext,
  done: (code: number) => void,
  language: Language = localeLanguage(context.env),
): SpokenCommand {
  const program = new SpokenCommand('bercail', (message) => refusal(message, language))
    .version(version(), '-V, --version')
    .addOption(new Option('--debug'))
    .configureOutput({ writeErr: context.err, writeOut: (text) => void context.out(text) })
    .exitOverride();
  examples(
    program,
    'bercail check data-flows/',
    'bercail audit --policy ministere --lang fr',
    'bercail explain LOC-01',
  );
  const branch = { context, finish: (work: Promise<number>): Promise<void> => work.then(done) };
  initCommand(program, branch);
  judgingCommands(program, branch);
  ruleCommands(program, branch);
  browseCommand(program, branch);
  anonymityCommand(program, branch);
  attestCommand(program, branch);
  evidenceCommands(program, branch);
  manifestCommands(program, branch);
  catalogCommands(program, branch);
  setupCommands(program, branch);
  localise(program, language);
  return program;
}
