import { Argument, type Command } from 'commander';
import { type Branch, examples } from './command.ts';
import { format } from './shared.ts';

/** `doctor` and `completion`: Bercail on this machine. */
export function setupCommands(program: Command, { context, finish }: Branch): void {
  const doctor = format(program.command('doctor')).action((options: object) =>
    finish(import('../doctor/doctor.ts').then(({ runDoctor }) => runDoctor(options, context))),
  );
  examples(doctor, 'bercail doctor', 'bercail doctor --format json');

  const completion = program
    .command('completion')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .action((shell: 'bash' | 'zsh' | 'fish') =>
      finish(
        import('../completion/completion.ts').then(({ printCompletion }) =>
          printCompletion(shell, program, context),
        ),
      ),
    );
  examples(
    completion,
    'eval "$(bercail completion bash)"',
    'source <(bercail completion zsh)',
    'bercail completion fish | source',
  );
}
