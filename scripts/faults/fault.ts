import type { FakeOptions } from '../../tests/setup/fake-s3.ts';
import type { Ran, Stage } from './stage.ts';

/** One thing that goes wrong, what was promised of it, and how it is made to happen. */
export interface Fault {
  readonly fault: string;
  readonly promised: string;
  readonly server?: Partial<FakeOptions>;
  /** What was seen, in words; throws where it is not what was promised. */
  readonly see: (stage: Stage) => Promise<string>;
}

export function expect(isSo: boolean, what: string, ran?: Ran): void {
  if (!isSo)
    throw new Error(
      `${what}${ran ? ` (exit ${ran.code ?? ran.signal}): ${`${ran.err}${ran.out}`.slice(0, 600)}` : ''}`,
    );
}

/** Refused in words: exit 2, no stack, no defect, and what should be said. */
export function expectRefusal(ran: Ran, said: RegExp): string {
  expect(ran.code === 2, 'not refused', ran);
  expect(!/defect|\n\s+at /.test(ran.err), 'told as a defect', ran);
  const line = ran.err.split('\n').find((one) => said.test(one));
  expect(line !== undefined, `does not say ${said.source}`, ran);
  return 'exit 2, says why; nothing half-written';
}
