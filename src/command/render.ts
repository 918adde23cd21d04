import { join, resolve } from 'node:path';
import { BercailError } from '../error.ts';
import { loadMessages, readTemplate } from '../io/content.ts';
import { readBytes, writeAtomic } from '../io/file.ts';
import { makeFolder } from '../io/folder.ts';
import type { Audience } from '../redact/audience.ts';
import { cityWords } from '../report/city.ts';
import { createMessages } from '../report/message.ts';
import { reporters } from '../report/registry.ts';
import type { Rendered } from '../report/reporter.ts';
import type { Language, Result } from '../result/result.ts';
import type { CommandContext } from './context.ts';

/** How a report is shown where it is not written to a file. */
export interface Screen {
  readonly color: boolean;
  readonly width: number | null;
  readonly hyperlinks: boolean;
}

const none: Screen = { color: false, width: null, hyperlinks: false };

/** One report, as a file unless a screen is given. The same result gives the same bytes. */
export async function renderReport(
  result: Result,
  format: string,
  language: Language = result.run.language,
  screen: Screen = none,
  part?: string,
): Promise<{ readonly file: string; readonly bytes: Uint8Array }> {
  const { file, rendered } = await draw(result, format, language, screen, part);
  return { file, bytes: Buffer.concat([...bytesOf(rendered)]) };
}

/** Pieces as bytes: many small ones would cost more than what they hold. */
function* bytesOf(rendered: Rendered): Iterable<Uint8Array> {
  if (typeof rendered === 'string') yield Buffer.from(rendered);
  else if (rendered instanceof Uint8Array) yield rendered;
  else {
    let text = '';
    for (const piece of rendered) {
      text += piece;
      if (text.length < pieceLength) continue;
      yield Buffer.from(text);
      text = '';
    }
    yield Buffer.from(text);
  }
}

const pieceLength = 1 << 20;

async function draw(
  result: Result,
  format: string,
  language: Language,
  screen: Screen,
  part?: string,
): Promise<{ readonly file: string; readonly rendered: Rendered }> {
  const entry = Object.hasOwn(reporters, format) ? reporters[format] : undefined;
  if (!entry)
    throw new BercailError('usage', {
      message: `no format ${format}`,
      hint: `there are: ${Object.keys(reporters).join(', ')}`,
    });
  const { render } = await entry.load();
  const messages = createMessages(language, loadMessages(language), cityWords(result, language));
  const { color, width, hyperlinks } = screen;
  const rendered = await render(result, {
    language,
    messages,
    color,
    width,
    hyperlinks,
    ...(hyperlinks ? { folder: resolve('.') } : {}),
    template: readTemplate,
    ...(part === undefined ? {} : { part }),
  });
  const name = part === undefined || part === entry.parts?.(result)[0] ? format : `${format}-${part}`;
  return { file: `bercail.${name}.${entry.extension}`, rendered };
}

/** Every file of a format, each with a name that `renderNamed` takes. */
export async function renderAll(
  result: Result,
  format: string,
  language: Language = result.run.language,
): Promise<readonly { readonly name: string; readonly file: string; readonly bytes: Uint8Array }[]> {
  const files = [];
  for (const part of reporters[format]?.parts?.(result) ?? [undefined]) {
    const name = part === undefined ? format : `${format}/${part}`;
    files.push({ name, ...(await renderReport(result, format, language, none, part)) });
  }
  return files;
}

export async function renderNamed(result: Result, name: string): Promise<Uint8Array> {
  const [format = '', part] = name.split('/');
  return (await renderReport(result, format, result.run.language, none, part)).bytes;
}

/** Writes each report to its file in a folder, or the only one to the screen. */
export async function writeReports(
  result: Result,
  formats: readonly string[],
  { out, color = true }: { readonly out?: string; readonly color?: boolean },
  context: CommandContext,
  language: Language,
): Promise<void> {
  if (out !== undefined) makeFolder(out);
  const { terminal } = context;
  for (const format of formats) {
    context.onEvent?.({ kind: 'phase', phase: 'write', detail: format });
    if (out === undefined) {
      const screen = { ...terminal, color: terminal.color && color };
      const { rendered } = await draw(result, format, language, screen);
      for (const bytes of bytesOf(rendered)) await context.out(bytes);
    } else {
      for (const part of reporters[format]?.parts?.(result) ?? [undefined]) {
        const { file, rendered } = await draw(result, format, language, none, part);
        await writeAtomic(join(out, file), async (draft) => {
          for (const bytes of bytesOf(rendered)) await draft.writeFile(bytes);
        });
      }
    }
  }
}

export interface AudienceOptions {
  readonly audience?: Audience;
  readonly audienceKey?: string;
}

/** The result as its readers may see it. */
export async function forAudience(
  result: Result,
  { audience = 'internal', audienceKey }: AudienceOptions,
): Promise<Result> {
  if (audience === 'internal') return result;
  const key = await readAudienceKey({ audience, ...(audienceKey === undefined ? {} : { audienceKey }) });
  const { redactResult } = await import('../redact/redact.ts');
  return redactResult(result, audience, key);
}

/** The key of the pseudonyms. */
export async function readAudienceKey({
  audience = 'internal',
  audienceKey,
}: AudienceOptions): Promise<Uint8Array> {
  if (audienceKey === undefined)
    throw new BercailError('usage', {
      message: `a report for readers outside (${audience}) hides names behind a key`,
      hint: 'add --audience-key FILE: any 16 bytes or more that you keep; the same key gives the same pseudonyms',
    });
  const key = await readBytes(audienceKey);
  if (key.length < 16)
    throw new BercailError('usage', {
      message: `${audienceKey} is too short to be a key`,
      hint: '16 bytes or more',
    });
  return key;
}
