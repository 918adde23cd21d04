import { createReadStream } from 'node:fs';
import { BercailError } from '../../error.ts';
import type { Observation } from '../../inventory/observation.ts';
import { explain } from '../../io/file.ts';
import type { Calls, JournalHeader, JournalLine, PlanLine } from './format.ts';
import { FORMAT } from './format.ts';

/** What a job that is done saw. */
export interface JobResult {
  readonly observations: readonly Observation[];
  readonly calls: Calls;
}

/** How far a run had come. */
export interface Progress {
  readonly header: JournalHeader;
  readonly plans: ReadonlyMap<number, PlanLine>;
  readonly done: ReadonlyMap<string, JobResult>;
  /** Bytes up to the last whole line: what comes after was being written when the run ended. */
  readonly length: number;
}

/** Reads a journal up to its last whole line. Throws `input` for one that is damaged before it, or is none. */
export async function readJournal(path: string): Promise<Progress> {
  const plans = new Map<number, PlanLine>();
  const parts = new Map<string, Observation[][]>();
  const done = new Map<string, JobResult>();
  let header: JournalHeader | null = null;
  let length = 0;
  let number = 0;
  for await (const { text, end } of wholeLines(path)) {
    number += 1;
    const line = parse(text, path, number);
    length = end;
    if (header === null) {
      if (!('bercail' in line) || line.bercail !== FORMAT)
        throw damaged(path, number, 'not a journal of a run');
      header = line;
    } else if ('plan' in line) {
      plans.set(line.plan, line);
    } else if ('job' in line) {
      const before = line.part === 0 ? [] : (parts.get(line.job) ?? []);
      before[line.part] = [...line.observations];
      parts.set(line.job, before);
    } else if ('done' in line) {
      const found = parts.get(line.done) ?? [];
      parts.delete(line.done);
      if (found.length !== line.parts) throw damaged(path, number, 'a part of a job is missing');
      done.set(line.done, { observations: found.flat(), calls: line.calls });
    }
  }
  if (header === null) throw damaged(path, 1, 'the run ended before it began');
  return { header, plans, done, length };
}

function parse(text: string, path: string, number: number): JournalLine {
  try {
    return JSON.parse(text) as JournalLine;
  } catch {
    throw damaged(path, number, 'not JSON');
  }
}

function damaged(file: string, line: number, message: string): BercailError {
  return new BercailError('input', {
    message,
    hint: 'start the run again, without --resume',
    where: { file, line, column: 1 },
  });
}

/** Lines that end, with where they end. */
async function* wholeLines(path: string): AsyncGenerator<{ text: string; end: number }> {
  let rest: Buffer[] = [];
  let end = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        const line = Buffer.concat([...rest, chunk.subarray(from, at)]);
        rest = [];
        from = at + 1;
        end += line.length + 1;
        yield { text: line.toString('utf8'), end };
      }
      rest.push(chunk.subarray(from));
    }
  } catch (error) {
    throw explain(path, error);
  }
}
