/** Every call that a run may make, from the tables that drive the calls, bound the clients and print the permissions. */
import { listAccounts } from '../../src/collect/aws/accounts.ts';
import { assumeRole, getCallerIdentity } from '../../src/collect/aws/identity.ts';
import { regionCalls } from '../../src/collect/aws/regions.ts';
import { services as awsServices } from '../../src/collect/aws/service/registry.ts';
import { listLocations } from '../../src/collect/azure/locations.ts';
import { services as azureServices } from '../../src/collect/azure/service/registry.ts';
import { listSubscriptions } from '../../src/collect/azure/subscriptions.ts';
import { endpointCalls } from '../../src/collect/s3/collector.ts';
import { code, codes, page, table } from './markdown.ts';

interface Declared {
  readonly operation: string;
  readonly permission: string;
  readonly also?: readonly string[];
  readonly facts?: readonly string[];
  readonly isFree?: boolean;
}

export interface Calls {
  readonly aws: readonly Declared[];
  readonly azure: readonly Declared[];
  readonly s3: readonly Declared[];
}

export async function loadCalls(): Promise<Calls> {
  const aws = await Promise.all(Object.values(awsServices).map((load) => load()));
  const azure = await Promise.all(Object.values(azureServices).map((load) => load()));
  return {
    aws: [getCallerIdentity, assumeRole, listAccounts, ...regionCalls, ...aws.flatMap(({ calls }) => calls)],
    azure: [listSubscriptions, listLocations, ...azure.flatMap(({ calls }) => calls)],
    s3: endpointCalls,
  };
}

export function callPage({ aws, azure, s3 }: Calls): string {
  return page(
    'src/collect/',
    '# Calls',
    'Every call that Bercail makes of a provider, with the permission that allows it. Each reads; none changes anything, reads what a store holds, or hands out a key or a connection string. One thing is read whole where somebody names it: a sample whose `path` is `s3://BUCKET/KEY` (`s3:GetObject` of that object).',
    'The page is written from the tables that the collectors call by. A client of AWS or of an S3 endpoint is given the table of its job, and refuses to send any other call (`NotDeclared`). Azure is asked with GET alone, but for queries of Resource Graph, which are POST. Tests record every request that reaches a server and hold it beside this list; a call that no rule needs is not made. `bercail audit --print-permissions aws` or `azure` prints what the loaded rules need of it.',
    '## AWS',
    '`sts:AssumeRole` is made where a role is configured; what it answers stays in the SDK.',
    rowsOf(aws),
    '## S3 endpoints',
    'Of every other cloud that speaks S3, and of servers of one’s own. Permissions have the names that AWS gives them.',
    rowsOf(s3),
    '## Azure',
    'No action on data: the custom role has no `DataActions`.',
    rowsOf(azure),
  );
}

function rowsOf(calls: readonly Declared[]): string {
  const byName = new Map<string, Declared>();
  for (const call of calls) {
    const known = byName.get(call.operation);
    const facts = known?.facts && call.facts ? [...new Set([...known.facts, ...call.facts])] : undefined;
    byName.set(call.operation, { ...known, ...call, ...(known ? { facts: facts ?? [] } : {}) });
  }
  return table(
    ['call', 'permission', 'for the facts'],
    [...byName.values()]
      .toSorted((a, b) => (a.operation < b.operation ? -1 : 1))
      .map(({ operation, permission, also = [], facts = [], isFree }) => [
        code(operation),
        isFree === true ? 'none' : codes([permission, ...also]),
        facts.length === 0 ? 'always' : codes(facts),
      ]),
  );
}
