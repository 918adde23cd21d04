import { isTree } from '../../inventory/fact.ts';
import type { CollectContext, Options } from '../collector.ts';
import { textOption } from '../option.ts';
import type { Connection } from './connection.ts';
import type { Run } from './run.ts';
import type { AzureSession } from './service/service.ts';

export interface SessionSetting {
  /** Null for what belongs to the tenant. */
  readonly subscription: string | null;
  readonly options: Options;
}

/** What one job asks with. Connections and bounds are those of the run. */
export function openSession(
  connection: Connection,
  run: Run,
  context: CollectContext,
  { subscription, options }: SessionSetting,
): AzureSession {
  const { provider } = connection.setting;
  const gate = run.gateOf(subscription);
  const tenant = textOption(options, 'of_tenant');
  const scope = subscription ?? tenant ?? '-';
  const pairs = isTree(options['pairs']) ? options['pairs'] : {};
  return {
    subscription: subscription ?? '',
    tenant,
    provider,
    scope,
    options,
    send: (request, signal) => connection.send(request, gate, signal),
    knock: (request, signal) => connection.knock(request, gate, signal),
    pairOf: (region) => {
      const listed = (provider === null ? null : context.pairedRegion?.(provider, region)) ?? null;
      // What Azure itself says is evidence; its silence about a region is not.
      if (Object.hasOwn(pairs, region)) {
        const said = pairs[region];
        if (typeof said !== 'string') return null;
        const differs = listed !== null && listed !== said ? `, where the catalog has ${listed}` : '';
        return { region: said, by: `list-locations${differs}` };
      }
      return listed === null ? null : { region: listed, by: 'the catalog' };
    },
    scene: (subject) => ({ source: 'azure', scope, subject }),
    once: run.once,
  };
}
