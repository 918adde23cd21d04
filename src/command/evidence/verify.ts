import { join } from 'node:path';
import type { Difference } from '../../bundle/compare.ts';
import { type Verification, verifyBundle } from '../../bundle/verify.ts';
import { BercailError } from '../../error.ts';
import { loadMessages } from '../../io/content.ts';
import { startDeadline } from '../../io/deadline.ts';
import { readBytes, readText, writeAtomic } from '../../io/file.ts';
import { withPrivateFolder } from '../../io/private-folder.ts';
import { version } from '../../io/root.ts';
import { maxZipBytes } from '../../io/zip.ts';
import { createMessages, type Messages } from '../../report/message.ts';
import { prose, visible, writeJson } from '../../report/visible.ts';
import type { Language } from '../../result/result.ts';
import { type CommandContext, localeLanguage } from '../context.ts';
import { renderNamed } from '../render.ts';

export interface VerifyOptions {
  readonly publicKey?: string;
  /** File of certificates, in PEM, of authorities whose timestamps are trusted. */
  readonly timestampCa?: string;
  /** The result that a bundle for readers outside was made from, and the key of its pseudonyms. */
  readonly original?: string;
  readonly audienceKey?: string;
  readonly lang?: Language;
  readonly format?: 'text' | 'json';
  /** Seconds that evaluating again may take. */
  readonly deadline?: number;
}

/** Checks an evidence bundle. Returns 0 when it holds, 1 when it does not. */
export async function runVerify(
  path: string,
  { publicKey, timestampCa, original, audienceKey, lang, format = 'text', deadline }: VerifyOptions,
  context: CommandContext,
): Promise<number> {
  const bundle = await readBytes(path, maxZipBytes);
  const named = async (file: string | undefined) =>
    file === undefined ? null : { file, text: (await readText(file)).text };
  const key = await named(publicKey);
  const authorities = await named(timestampCa);
  if ((original === undefined) !== (audienceKey === undefined))
    throw new BercailError('usage', {
      message: '--original and --audience-key go together',
      hint: 'the result that the bundle was made from, and the key of its pseudonyms',
    });
  const made =
    original === undefined || audienceKey === undefined
      ? null
      : { result: await readBytes(original, maxZipBytes), key: await readBytes(audienceKey) };
  const verification = await withPrivateFolder((folder) =>
    verifyBundle({
      bundle,
      publicKey: key,
      authorities,
      original: made,
      folder: {
        write: async (name, bytes) => {
          const file = join(folder, name);
          await writeAtomic(file, (draft) => draft.writeFile(bytes));
          return file;
        },
      },
      render: renderNamed,
      version: version(),
      deadline: startDeadline(deadline),
    }),
  );
  const language = lang ?? localeLanguage(context.env);
  const messages = createMessages(language, loadMessages(language));
  await context.out(
    format === 'json' ? writeJson(verification) : `${linesOf(verification, path, messages).join('\n')}\n`,
  );
  return verification.verdict === 'verified' ? 0 : 1;
}

/** Differences shown; the JSON form has all. */
const shown = 30;

function linesOf(found: Verification, path: string, messages: Messages): readonly string[] {
  const { problems, replay, run, otherVersion } = found;
  const lines = problems.map((problem) => `- ${prose(problem)}`);
  if (run !== null)
    lines.push(
      messages('verify.run', { id: visible(run.id), at: visible(run.finished_at), day: visible(run.as_of) }),
    );
  if (problems.length === 0)
    lines.push(
      messages('verify.files', { count: found.files }),
      signatureText(found, messages),
      ...timestampTexts(found, messages),
    );
  if (replay.state === 'same')
    lines.push(messages('verify.same', { findings: replay.findings, unknowns: replay.unknowns }));
  if (replay.state === 'consistent')
    lines.push(messages('verify.consistent', { findings: replay.findings, unknowns: replay.unknowns }));
  if (replay.state === 'failed') lines.push(messages('verify.replay_failed', { why: prose(replay.why) }));
  if (replay.state === 'not_done') lines.push(messages('verify.not_replayed'));
  if (otherVersion !== null)
    lines.push(messages('verify.version', { theirs: visible(otherVersion), ours: version() }));
  if (replay.state === 'different') {
    const { differences } = replay;
    lines.push(messages('verify.different', { count: differences.length }));
    lines.push(...differences.slice(0, shown).map((one) => `- ${differenceText(one, messages)}`));
    if (differences.length > shown)
      lines.push(messages('verify.more', { count: differences.length - shown }));
  }
  return [...lines, messages(`verify.${found.verdict}`, { file: path })];
}

function signatureText({ signature }: Verification, messages: Messages): string {
  if (signature.state === 'valid')
    return messages(signature.isExpected ? 'verify.signed_expected' : 'verify.signed', {
      key: visible(signature.thumbprint),
    });
  return messages('verify.unsigned');
}

function timestampTexts({ timestamp }: Verification, messages: Messages): readonly string[] {
  if (timestamp.state !== 'valid') return [];
  const { at, authority, certificate, isTrusted } = timestamp;
  const values = { at, authority: visible(authority), certificate };
  return [messages(isTrusted ? 'verify.timestamp_trusted' : 'verify.timestamp', values)];
}

function differenceText(one: Difference, messages: Messages): string {
  switch (one.kind) {
    case 'finding':
      return messages(`verify.finding.${one.what}`, {
        id: visible(one.id),
        rule: visible(one.rule),
        subject: visible(one.subject),
        fields: one.fields.join(', '),
      });
    case 'unknown':
      return messages(`verify.unknown.${one.what}`, {
        subject: visible(one.subject),
        facts: one.facts.map(visible).join(', '),
      });
    case 'part':
      return messages('verify.part', { part: one.part });
  }
}
