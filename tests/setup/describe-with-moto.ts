import { afterAll, beforeAll, describe, test } from '@jest/globals';
import type { Moto } from './moto.ts';
import { startMoto } from './moto.ts';

/**
 * A `describe` that has a moto server. Where the runner found no Python it is listed as not run, unless
 * BERCAIL_TEST_REQUIRE=all says that everything must.
 */
export function describeWithMoto(name: string, define: (endpoint: () => string) => void): void {
  const server = process.env['BERCAIL_TEST_MOTO'];
  if (!server) {
    const reason = `${name}: not run, BERCAIL_TEST_MOTO names no moto server (npm test installs one where Python is)`;
    if (process.env['BERCAIL_TEST_REQUIRE'] !== 'all') {
      test.skip(reason, () => undefined);
      return;
    }
    test(name, () => {
      throw new Error(reason);
    });
    return;
  }
  describe(name, () => {
    let moto: Moto | null = null;
    beforeAll(async () => {
      moto = await startMoto(server);
    });
    afterAll(async () => {
      await moto?.stop();
    });
    define(() => moto?.endpoint ?? '');
  });
}
