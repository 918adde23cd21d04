import { BercailError } from '../../error.ts';
import { loadMessages } from '../../io/content.ts';
import { createMessages } from '../../report/message.ts';
import type { CommandContext } from '../context.ts';
import { jsonForm, textForm, yamlForm } from './form.ts';
import { aYearAfter, questionsOf } from './question.ts';
import { type AttestOptions, judged, languageOf } from './run.ts';

const forms = { text: textForm, json: jsonForm, yaml: yamlForm } as const;

/** The questions that only a person can answer, or, with `--answer`, one answer more in a file. Returns the exit code. */
export async function runAttest(
  paths: readonly string[],
  options: AttestOptions,
  context: CommandContext,
): Promise<number> {
  const given = paths.length > 0 ? paths : ['.'];
  if (options.answer !== undefined) {
    const { answerQuestion } = await import('./answer.ts');
    return answerQuestion(given, options, options.answer, context);
  }
  refuseStray(options);
  const done = await judged(given, options, context, options.rule === undefined ? undefined : [options.rule]);
  const messages = createMessages(languageOf(options, context), loadMessages(languageOf(options, context)));
  const questions = questionsOf(done).filter(
    ({ finding }) => options.subject === undefined || finding.subject.id === options.subject,
  );
  const until = aYearAfter(context.clock().slice(0, 10));
  await context.out(forms[options.format ?? 'text'](questions, { messages, paths: given, until }));
  return 0;
}

/** What only goes with an answer says nothing alone. */
function refuseStray({ signedBy, expires, evidence, into }: AttestOptions): void {
  const stray = Object.entries({
    '--signed-by': signedBy,
    '--expires': expires,
    '--evidence': evidence,
    '--into': into,
  })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  if (stray.length > 0)
    throw new BercailError('usage', {
      message: `${stray.join(', ')}: no answer to go with`,
      hint: 'add --answer yes or --answer no',
    });
}
