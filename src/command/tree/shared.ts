import { type Command, Option } from 'commander';
import { day, list } from '../option.ts';

/** `--format text|json` of a small command. */
export function format<C extends Command>(command: C): C {
  return command.addOption(new Option('--format <format>').choices(['text', 'json']));
}

/** For whom a report is, and what names are hidden with. */
export function audience<C extends Command>(command: C): C {
  return command
    .addOption(new Option('--audience <who>').choices(['public', 'partner', 'internal']))
    .option('--audience-key <file>');
}

/** Packs to choose among, or of one's own. */
export function packs<C extends Command>(command: C): C {
  return format(command.option('--pack <name>', '', list));
}

/** A question to the catalog. */
export function asking<C extends Command>(command: C): C {
  return format(command.option('--as-of <date>', '', day));
}

/** What a long run says on standard error. */
export function watched<C extends Command>(command: C): C {
  return command
    .option('--quiet')
    .option('--verbose')
    .addOption(new Option('--log-format <format>').choices(['text', 'json']));
}
