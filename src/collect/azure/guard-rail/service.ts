import type { Fact } from '../../../inventory/fact.ts';
import type { Observation } from '../../../inventory/observation.ts';
import type { FailedAnswer } from '../../call.ts';
import { missingFact, observe } from '../../call.ts';
import { canonicalJson, sha256 } from '../../canonical.ts';
import { listLocations } from '../locations.ts';
import { subscriptionId } from '../read/id.ts';
import { subscriptionsOf } from '../service/inventory/subscription.ts';
import type { AzureService, AzureSession, ServiceContext } from '../service/service.ts';
import { analyseGuardRail } from './analyse.ts';
import { boundaryCalls, boundaryGap } from './boundary.ts';
import { policyCalls, readPolicies } from './read.ts';

const FIELDS = ['effective', 'allowed_regions', 'statement', 'exemptions', 'gaps'] as const;

/** What Azure Policy keeps each subscription from doing in other regions. */
export const policyService: AzureService = {
  name: 'policy',
  scope: 'tenant',
  calls: [...policyCalls, ...boundaryCalls],
  read: readGuardRails,
};

async function* readGuardRails(session: AzureSession, context: ServiceContext): AsyncGenerator<Observation> {
  const boundary = await boundaryGap(session, context);
  for (const { id, regions } of subscriptionsOf(session)) {
    const scene = session.scene(subscriptionId(id));
    const bound = await readPolicies(session, context, id);
    if ('state' in bound) {
      yield observe(scene, bound, { facts: fieldsOf(() => missingFact(bound)) });
      continue;
    }
    const { policies, exemptions, above, read, answer } = bound;
    const rail = analyseGuardRail({
      subscription: id,
      regions,
      policies,
      exemptions,
      above,
      now: context.now(),
    });
    const values = {
      ...rail,
      statement: rail.statements.join(', '),
      gaps: [...rail.gaps, ...boundary].toSorted(),
    };
    const facts = fieldsOf((field): Fact => {
      const value = values[field];
      // Without the list of regions nobody can say which stay open; the call that lists them gave nothing.
      return value === null
        ? missingFact(unlisted(answer.at), 'the regions of the subscription are not known')
        : { state: 'known', value };
    });
    // All the documents that were weighed, as one answer.
    yield observe(
      scene,
      { ...answer, state: 'ok', response: read, sha256: sha256(canonicalJson(read)) },
      { facts },
    );
  }
}

function unlisted(at: string): FailedAnswer {
  return { call: listLocations, at, state: 'not_collected', code: 'NoRegions', headers: {} };
}

function fieldsOf(fact: (field: (typeof FIELDS)[number]) => Fact): { readonly [name: string]: Fact } {
  return Object.fromEntries(FIELDS.map((field) => [`guard_rail.${field}`, fact(field)]));
}
