import { describe, expect, test } from '@jest/globals';
import type { ServiceCall } from '../../../../src/collect/aws/service/service.ts';
import type { Fact } from '../../../../src/inventory/fact.ts';
import type { Observation } from '../../../../src/inventory/observation.ts';
import { answersOf } from '../../../fixtures/aws/index.ts';
import { readFixture, serviceOf } from './fixture.ts';

interface Case {
  readonly service: string;
  readonly call: ServiceCall;
}

const cases: Case[] = [];
for (const service of Object.keys(answersOf)) {
  for (const call of (await serviceOf(service)).calls) cases.push({ service, call });
}

/** Calls about one asset that give facts of it, rather than ends of relations alone. */
const ofFacts = cases.filter(({ call: { facts = [] } }) =>
  facts.some((fact) => !fact.startsWith('relations.')),
);
/** Each of a table once: buckets are placed by the same call for many services. */
const named = (list: readonly Case[]) =>
  [...new Map(list.map((one) => [one.call.operation, one])).values()].map(
    ({ service, call }): [string, string, Case] => [call.operation, call.permission, { service, call }],
  );

/** Facts that a call gives and no other call of its service does. */
function factsBy(observations: readonly Observation[]): ReadonlyMap<string, Fact> {
  return new Map(
    observations.flatMap(({ subject, operation, facts = {} }) =>
      Object.entries(facts).map(([name, fact]) => [`${subject} ${operation} ${name}`, fact] as const),
    ),
  );
}

/** `GetStages` is asked of both generations of interfaces, and each has its line. */
const commandOf = ({ operation }: ServiceCall): string => operation.slice(operation.indexOf(':') + 1);

test('there are more than a hundred calls', () => {
  expect(cases.length).toBeGreaterThan(100);
});

describe('a call that is refused', () => {
  test.each(
    named(
      ofFacts.filter(
        ({ call }) =>
          call.operation !== 'kms:ListAliases' && call.operation !== 'cloudtrail:GetEventSelectors',
      ),
    ),
  )(
    '%s: the facts that it gives are denied, and %s is named',
    async (operation, permission, { service, call }) => {
      const given = [...factsBy(await readFixture(service))].filter(
        ([key]) => key.includes(` ${operation} `) && !key.includes(' place.') && !key.includes(' relations.'),
      );
      expect(given).not.toEqual([]);
      const after = factsBy(await readFixture(service, { denied: [commandOf(call)] }));
      for (const [key] of given)
        expect([key, after.get(key)]).toEqual([
          key,
          { state: 'denied', permission, note: `${operation}: AccessDeniedException` },
        ]);
    },
  );

  test.each(named(cases))(
    '%s: the gap names %s, nothing is thrown, and nothing else is known less',
    async (operation, permission, { service, call }) => {
      const command = commandOf(call);
      const whole = await readFixture(service);
      const seen = await readFixture(service, { denied: [command] });
      const failed = seen.filter(({ outcome }) => outcome !== 'ok');
      const own = failed.filter((one) => one.operation === operation);
      expect(own.length).toBeGreaterThan(0);
      for (const one of own)
        expect(one).toMatchObject({
          outcome: 'denied',
          permission,
          code: 'AccessDeniedException',
          sha256: null,
        });
      expect(failed.filter((one) => !one.operation.endsWith(`:${command}`))).toEqual([]);
      // A listing that fails is about the whole scope; a call about one asset leaves it in the inventory.
      if (call.isFree) return;
      if (call.facts === undefined) expect(own.some(({ subject, scope }) => subject === scope)).toBe(true);
      else {
        const assets = (all: readonly Observation[]) =>
          new Set(
            all.filter(({ asset }) => asset !== undefined && !asset.external).map(({ subject }) => subject),
          );
        expect(assets(seen)).toEqual(
          call.facts.every((fact) => fact.startsWith('relations.')) && subjectsListedBy(whole, operation)
            ? expect.anything()
            : assets(whole),
        );
      }
    },
  );
});

/** Lists that rules need for their relations alone also show assets: refused, they show none. */
function subjectsListedBy(observations: readonly Observation[], operation: string): boolean {
  return observations.some(
    (one) => one.operation === operation && one.asset !== undefined && !one.asset.external,
  );
}

describe('what no rule needs', () => {
  test.each(Object.keys(answersOf))('is not asked of %s', async (name) => {
    const { calls } = await serviceOf(name);
    const asked = new Set<string>();
    await readFixture(name, { wanted: ['place.region'], onCommand: (command) => asked.add(command) });
    const needed = calls.filter(({ facts, isFree }) => facts === undefined || isFree).map(commandOf);
    expect([...asked].filter((command) => !needed.includes(command))).toEqual([]);
  });
});

test.each(Object.keys(answersOf))('%s: every call that is made is in its table', async (name) => {
  const { calls } = await serviceOf(name);
  const asked = new Set<string>();
  await readFixture(name, { onCommand: (command) => asked.add(command) });
  expect([...asked].toSorted()).toEqual(
    [...new Set(calls.map(commandOf))]
      .filter((command) => asked.has(command) || command !== 'HeadBucket')
      .toSorted(),
  );
});

test('no secret, address of a person or text of a policy gets into an observation', async () => {
  const all = await Promise.all(Object.keys(answersOf).map((name) => readFixture(name)));
  expect(JSON.stringify(all)).not.toMatch(/secret-of-the-function|head\.teacher|token=secret|"Statement"/);
});

describe('a service that a region does not have', () => {
  const unreachable = (code: string) => () => {
    throw Object.assign(new Error('getaddrinfo'), { code });
  };

  test.each(['bedrock', 'fsx', 'emr', 'athena'])(
    '%s: its host has no name, which is none and no gap',
    async (name) => {
      const answers = Object.fromEntries(
        Object.keys(answersOf[name] ?? {}).map((command) => [command, unreachable('ENOTFOUND')]),
      );
      const seen = await readFixture(name, { answers });
      expect(
        new Set(seen.map(({ outcome, code, asset }) => `${outcome} ${code} ${asset === undefined}`)),
      ).toEqual(new Set(['ok ENOTFOUND true']));
    },
  );

  test('is not taken for one whose name could not be asked for', async () => {
    const answers = { ListClusters: unreachable('EAI_AGAIN') };
    expect((await readFixture('emr', { answers })).map(({ outcome, code }) => [outcome, code])).toEqual([
      ['error', 'EAI_AGAIN'],
    ]);
  });
});
