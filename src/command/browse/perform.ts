import { BercailError } from '../../error.ts';
import { writeNew } from '../../io/file.ts';
import type { Messages } from '../../report/message.ts';
import { visible } from '../../report/visible.ts';
import type { Result } from '../../result/result.ts';
import type { BrowseEvent, Effect } from '../../ui/browse/event.ts';
import type { Browse } from '../../ui/browse/state.ts';
import type { CommandContext } from '../context.ts';
import { selectionText } from './export.ts';
import { openAddress } from './open.ts';
import { type WaiverPlace, writeWaivers } from './waiver.ts';

interface World {
  readonly result: Result;
  readonly place: WaiverPlace;
  readonly messages: Messages;
  readonly context: CommandContext;
}

/** Bytes of a clipboard that terminals take. */
const CLIPBOARD = 60_000;

/** Does what the screen asks, and tells what came of it: an error is told there, and ends nothing. */
export function createPerform(world: World): (effect: Effect, state: Browse) => Promise<BrowseEvent | null> {
  return async (effect, state) => {
    try {
      return await perform(effect, state, world);
    } catch (error) {
      const text = error instanceof BercailError ? withHint(error) : String(error);
      return { kind: 'told', note: { text, tone: 'bad' } };
    }
  };
}

async function perform(effect: Effect, state: Browse, world: World): Promise<BrowseEvent | null> {
  const { context, messages } = world;
  switch (effect.kind) {
    case 'quit':
      return null;
    case 'copy': {
      const text = effect.ids.join('\n');
      if (text.length > CLIPBOARD)
        return told(messages('browse.copy.long', { count: effect.ids.length }), 'bad');
      // OSC 52: the terminal itself has the clipboard, over ssh too.
      await context.out(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`);
      return told(
        messages('browse.copy.done', { count: effect.ids.length, id: visible(effect.ids[0] ?? '') }),
      );
    }
    case 'open':
      return (await openAddress(effect.url, context.env))
        ? told(messages('browse.open.done', { url: visible(effect.url) }))
        : { kind: 'said', text: effect.url };
    case 'export': {
      await writeNew(effect.file, await selectionText(effect.file, effect.targets, state, world));
      return told(messages('browse.export.done', { count: effect.targets.length, file: effect.file }));
    }
    case 'waive':
      return waive(effect, state, world);
  }
}

/** Only what fails and was not accepted yet can be. */
async function waive(
  { targets, waiver }: Extract<Effect, { kind: 'waive' }>,
  { entries }: Browse,
  { place, messages }: World,
): Promise<BrowseEvent> {
  const failing = targets.filter((target) => entries[target]?.status === 'fail');
  if (failing.length === 0) return told(messages('browse.waive.none'), 'bad');
  const { link, ...rest } = waiver;
  const added = failing.flatMap((target) => {
    const entry = entries[target];
    if (!entry) return [];
    return [{ rule: entry.rule, subject: entry.subject.id, ...rest, ...(link === null ? {} : { link }) }];
  });
  await writeWaivers(place.file, added);
  const done = messages('browse.waive.done', { count: failing.length, file: place.file });
  const unread =
    place.unnamedIn === null ? '' : ` ${messages('browse.waive.unread', { config: place.unnamedIn })}`;
  return { kind: 'waived', targets: failing, waiver, note: { text: `${done}${unread}`, tone: 'good' } };
}

function told(text: string, tone: 'good' | 'bad' = 'good'): BrowseEvent {
  return { kind: 'told', note: { text, tone } };
}

function withHint({ message, problems }: BercailError): string {
  const hint = problems[0]?.hint;
  return hint === undefined || message.includes(hint) ? message : `${message} (${hint})`;
}
