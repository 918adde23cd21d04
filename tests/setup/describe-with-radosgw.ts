import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { useTestCredentials } from './collect-context.ts';
import { type RadosGateway, radosPrograms, startRadosGateway } from './radosgw.ts';
import { programPath } from './tool.ts';

/**
 * A `describe` that has a Ceph of its own, whose keys the environment holds. Where Ceph is not installed it is listed as
 * not run, unless BERCAIL_TEST_REQUIRE=all says that everything must.
 */
export function describeWithRadosGateway(
  name: string,
  zoneGroup: string,
  define: (gateway: () => RadosGateway) => void,
): void {
  const missing = radosPrograms.filter((program) => programPath(program) === null);
  if (missing.length > 0) {
    const reason = `${name}: not run, this machine has no ${missing.join(', ')} (Debian: ceph-mon ceph-osd radosgw)`;
    if (process.env['BERCAIL_TEST_REQUIRE'] === 'all')
      test(name, () => {
        throw new Error(reason);
      });
    else test.skip(reason, () => undefined);
    return;
  }
  describe(name, () => {
    let gateway: RadosGateway | null = null;
    beforeAll(async () => {
      gateway = await startRadosGateway(zoneGroup);
      useTestCredentials();
      process.env['AWS_ACCESS_KEY_ID'] = gateway.credentials.accessKeyId;
      process.env['AWS_SECRET_ACCESS_KEY'] = gateway.credentials.secretAccessKey;
    }, 120_000);
    afterAll(async () => {
      await gateway?.stop();
    });
    define(() => {
      if (gateway === null) throw new Error('Ceph has not started');
      return gateway;
    });
  });
}
