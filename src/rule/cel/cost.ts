import type { Frame, Run } from './expression.ts';
import type { Limits } from './limit.ts';

/** What ends an evaluation that does too much. Thrown, so that nothing absorbs it and goes on working behind it. */
export class Exhausted extends Error {}

/** What the evaluation under way may still do. There is one at a time: evaluation is synchronous. */
const left = { steps: Number.POSITIVE_INFINITY, credit: 0, room: Number.POSITIVE_INFINITY };

/** Counts work before it is done. Every loop whose length the source text does not bound goes through here. */
export function spend(steps: number): void {
  left.steps -= steps;
  if (left.steps < 0) throw new Exhausted();
}

/** Counts characters or members that are made, by what it costs to make them and by the memory that they take. */
export function spendMaking(size: number): void {
  left.room -= size;
  if (left.room < 0) throw new Exhausted();
  spend(size >> 5);
}

/** To go through the list of an estate once is not too much, however long: more may be spent, up to a limit of its own. */
export function grant(steps: number): void {
  const given = Math.min(steps, left.credit);
  left.credit -= given;
  left.steps += given;
}

/**
 * Runs one evaluation within its limits, which count steps and never time: the same input ends in the same way on every
 * machine. An evaluation inside another, as of a rule's own value, has its own.
 * @throws Exhausted
 */
export function bounded(limits: Limits, run: Run, frame: Frame): unknown {
  const { steps, credit, room } = left;
  left.steps = limits.cost;
  left.credit = limits.grants;
  left.room = limits.made;
  try {
    return run(frame);
  } finally {
    left.steps = steps;
    left.credit = credit;
    left.room = room;
  }
}
