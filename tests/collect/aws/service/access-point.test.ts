import { describe, expect, test } from '@jest/globals';
import { answersOf } from '../../../fixtures/aws/index.ts';
import { readFixture } from './fixture.ts';

const on = { PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } };

/** What is said of each access point, and by which call. */
async function saidBy(more: Parameters<typeof readFixture>[1] = {}) {
  const seen = await readFixture('s3-access', more);
  return seen.flatMap(({ subject, operation, facts }) =>
    facts?.['public'] === undefined || !subject.includes(':accesspoint/')
      ? []
      : [[subject.split('/')[1], operation, facts['public']]],
  );
}

describe('an access point is public', () => {
  test('where its policy is, it leads to the internet, and no block keeps it closed', async () => {
    const said = await saidBy();
    expect(said).toContainEqual([
      'analysts',
      's3control:GetPublicAccessBlock',
      { state: 'known', value: true },
    ]);
    expect(said).toContainEqual([
      'staff',
      's3control:GetAccessPointPolicyStatus',
      { state: 'known', value: false },
    ]);
    for (const name of ['closed', 'inside'])
      expect(said).toContainEqual([name, 's3control:GetAccessPoint', { state: 'known', value: false }]);
    expect(said).toHaveLength(4);
  });

  test('never where the account blocks all', async () => {
    const answers = { ...answersOf['s3-access'], GetPublicAccessBlock: on };
    expect(new Set((await saidBy({ answers })).map(([, , fact]) => JSON.stringify(fact)))).toEqual(
      new Set(['{"state":"known","value":false}']),
    );
  });

  test.each(['GetAccessPointPolicyStatus', 'GetAccessPoint', 'GetPublicAccessBlock'])(
    'is not known where %s is refused, and nothing else says that it is closed',
    async (command) => {
      const said = await saidBy({ denied: [command] });
      expect(said).toContainEqual([
        'analysts',
        `s3control:${command}`,
        expect.objectContaining({ state: 'denied' }),
      ]);
      expect(said).toHaveLength(4);
    },
  );
});
