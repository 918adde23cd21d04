import { BercailError } from '../../error.ts';
import { printable } from '../../yaml/quote.ts';
import type { CollectContext } from '../collector.ts';

interface Registry {
  /** Label given by the configuration, or null, by file. */
  readonly files: Map<string, Set<string | null>>;
  /** Ids taken, and by which file. */
  readonly ids: Map<string, string>;
}

const registries = new WeakMap<object, Map<string, Registry>>();

function registryOf({ run }: CollectContext, source: string): Registry {
  const registry = (): Registry => ({ files: new Map(), ids: new Map() });
  if (run === undefined) return registry();
  const kinds = registries.get(run) ?? new Map<string, Registry>();
  registries.set(run, kinds);
  const found = kinds.get(source) ?? registry();
  kinds.set(source, found);
  return found;
}

/** Makes a file known to the run, before any is read, so that labels can tell all of them apart. */
export function announceFile(
  context: CollectContext,
  source: string,
  file: string,
  label: string | null,
): void {
  const { files } = registryOf(context, source);
  files.set(file, (files.get(file) ?? new Set()).add(label));
}

/**
 * What stands before `#` in the ids of a file: the label that the configuration gives it, else as much of the end of
 * its path as no other file of the run has, so that an id is the same wherever the run starts from.
 */
export function labelOf(context: CollectContext, source: string, file: string, label: string | null): string {
  if (label !== null) return label;
  const parts = file.split(/[\\/]/);
  const others = [...registryOf(context, source).files.keys()].filter((other) => other !== file);
  for (let count = 1; count < parts.length; count += 1) {
    const end = parts.slice(-count).join('/');
    if (!others.some((other) => `/${other.replaceAll('\\', '/')}`.endsWith(`/${end}`))) return end;
  }
  return parts.join('/');
}

/** Takes an id for a place in a file. Throws `input` where another place has it: two things must not become one. */
export function takeId(context: CollectContext, source: string, id: string, ref: string, hint: string): void {
  const { ids } = registryOf(context, source);
  const before = ids.get(id);
  if (before !== undefined) {
    // Files are read side by side: the message must not tell which was faster.
    const [first, second] = [before, ref].toSorted();
    throw new BercailError('input', {
      message: `${second}: ${printable(id, 200)} is defined twice`,
      hint: `the other is at ${first}; ${hint}`,
    });
  }
  ids.set(id, ref);
}
