import { createHash } from 'node:crypto';
import { dirname, join, relative, sep } from 'node:path';
import type { Audit } from '../../audit.ts';
import { nearest } from '../../catalog/nearest.ts';
import { readAttestations } from '../../config/attestation.ts';
import { addAttestation, type NewAttestation } from '../../config/attestation-write.ts';
import { BercailError, type Problem } from '../../error.ts';
import { answersTo, isValid } from '../../evaluate/attestation.ts';
import { loadMessages } from '../../io/content.ts';
import { readBytes, readText, writeText } from '../../io/file.ts';
import { exists } from '../../io/find.ts';
import { isFolder } from '../../io/folder.ts';
import { createMessages } from '../../report/message.ts';
import type { Finding } from '../../result/result.ts';
import type { CommandContext } from '../context.ts';
import { aYearAfter } from './question.ts';
import { type AttestOptions, judged, languageOf } from './run.ts';

/** A scanned opinion or a recording may be large. */
const largestEvidence = 1024 ** 3;

/** Adds one signed answer to a file of attestations. Returns the exit code. */
export async function answerQuestion(
  paths: readonly string[],
  options: AttestOptions,
  answer: 'yes' | 'no',
  context: CommandContext,
): Promise<number> {
  const { rule, subject, signedBy, expires } = required(options);
  const today = context.clock().slice(0, 10);
  const until = expires ?? aYearAfter(today);
  if (until < today)
    throw new BercailError('usage', {
      message: `--expires ${until} is over`,
      hint: `expected ${today} or later`,
    });
  const done = await judged(paths, options, context, [rule]);
  const finding = findingOf(done, rule, subject);
  const into = options.into ?? fileOf(done, paths);
  const evidence =
    options.evidence === undefined ? {} : { evidence: await evidenceOf(options.evidence, into) };
  const entry: NewAttestation = {
    rule,
    subject,
    answer,
    signed_by: signedBy,
    signed_on: today,
    expires: until,
    ...evidence,
  };
  const before = exists(into) ? (await readText(into)).text : null;
  if (before !== null) readAttestations(before, into, '');
  const written = addAttestation(before, into, entry);
  readAttestations(written, into, '');
  await writeText(into, written);
  const messages = createMessages(languageOf(options, context), loadMessages(languageOf(options, context)));
  await context.out(
    `${messages('attest.written', { file: into, rule, subject, answer, by: signedBy, day: until })}\n`,
  );
  for (const note of notesOn(done, finding, entry, into, messages)) context.err(`bercail: ${note}\n`);
  return 0;
}

function required({ rule, subject, signedBy, expires }: AttestOptions) {
  if (rule === undefined || subject === undefined || signedBy === undefined || signedBy.trim() === '') {
    const lacking = [
      rule === undefined && '--rule',
      subject === undefined && '--subject',
      !signedBy?.trim() && '--signed-by',
    ];
    throw new BercailError('usage', {
      message: `an answer needs ${lacking.filter(Boolean).join(', ')}`,
      hint: '`bercail attest` lists what is asked; an answer that nobody signs counts for nothing',
    });
  }
  return { rule, subject, signedBy, expires };
}

/** The judgement that the answer is about: of a rule that asks people, and of something that is there. */
function findingOf({ result, policy }: Audit, rule: string, subject: string): Finding {
  const problems: Problem[] = [];
  const rules = policy.policy.rules.map((active) => active.rule);
  const asking = rules.filter(({ source }) => source.from.includes('attestation')).map(({ id }) => id);
  const about = result.findings.filter((finding) => finding.rule === rule);
  const found = about.find((finding) => finding.subject.id === subject);
  if (!rules.some(({ id }) => id === rule)) {
    problems.push({
      message: `no rule ${rule} in the policy ${policy.policy.name}`,
      hint: hintOf(rule, asking),
    });
  } else if (!asking.includes(rule)) {
    problems.push({
      message: `${rule} asks nobody: facts decide it`,
      hint: `rules that take an answer: ${asking.join(', ')}`,
    });
  } else if (!found) {
    problems.push({
      message: `${rule} judges no ${subject}`,
      hint: hintOf(
        subject,
        about.map((finding) => finding.subject.id),
      ),
    });
  }
  if (!found || problems.length > 0) throw new BercailError('usage', problems);
  return found;
}

function hintOf(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near.length > 0
    ? `nearest: ${near.join(', ')}`
    : `there are: ${known.slice(0, 12).join(', ') || 'none'}`;
}

/** Where the configuration keeps answers; else beside what was audited. */
function fileOf({ inputs: { config, base } }: Audit, [first = '.']: readonly string[]): string {
  const named = config?.content.attestations;
  if (named !== undefined) return join(base, named);
  return join(config ? base : isFolder(first) ? first : dirname(first), 'attestations.yaml');
}

async function evidenceOf(path: string, into: string): Promise<NonNullable<NewAttestation['evidence']>> {
  const bytes = await readBytes(path, largestEvidence);
  return {
    file: relative(dirname(into), path).split(sep).join('/'),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

/** What the signer should know: that the answer changes nothing, or that nobody reads the file. */
function notesOn(
  { result, inventory, inputs }: Audit,
  finding: Finding,
  entry: NewAttestation,
  into: string,
  messages: ReturnType<typeof createMessages>,
): readonly string[] {
  const standing = answersTo(inventory.attestations, finding.rule, finding.subject).filter((one) =>
    isValid(one, result.run.as_of),
  );
  const { config, base } = inputs;
  const named = config?.content.attestations;
  const isRead = config ? named !== undefined && relative(join(base, named), into) === '' : false;
  return [
    ...standing.map(({ answer, signedOn }) =>
      messages('attest.standing', { answer: answer ?? '', on: signedOn ?? '' }),
    ),
    ...(finding.outcome === 'unknown' || standing.length > 0
      ? []
      : [messages('attest.decided', { rule: entry.rule, outcome: messages(`outcome.${finding.outcome}`) })]),
    ...(config && !isRead
      ? [messages('attest.unread', { file: relative(base, into), config: config.file })]
      : []),
  ];
}
