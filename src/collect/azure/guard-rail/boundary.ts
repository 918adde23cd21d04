import type { Json } from '../../../inventory/fact.ts';
import type { Observation } from '../../../inventory/observation.ts';
import type { Answer } from '../../call.ts';
import { failAnswer, isFailed, missingFact, observe } from '../../call.ts';
import { textAt } from '../read/json.ts';
import { known } from '../service/fact.ts';
import type { AzureService, AzureSession, ServiceContext } from '../service/service.ts';
import { action, askArm } from '../service/service.ts';
import { tenantId } from '../subscriptions.ts';

const getBoundary = action(
  'Microsoft.Resources/dataBoundaries/read',
  '2024-08-01',
  'DataBoundaries_GetTenant',
  { facts: ['guard_rail'] },
);
export const boundaryCalls = [getBoundary];

/**
 * The data boundary of the tenant: where Microsoft promises to keep what its services store and process beside resources.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/manage-data-boundaries
 */
export const boundaryService: AzureService = {
  name: 'data-boundary',
  scope: 'tenant',
  calls: boundaryCalls,
  read: readBoundary,
};

function askBoundary(session: AzureSession, context: ServiceContext): Promise<Answer<Json>> {
  const path = '/providers/Microsoft.Resources/dataBoundaries/default';
  return session.once(`boundary ${session.scope}`, async () => {
    const answer = await askArm(session, context, getBoundary, path);
    const isSaid = answer.state !== 'ok' || textAt(answer.response, 'properties', 'dataBoundary') !== null;
    return isSaid ? answer : failAnswer(answer, 'not_collected', 'EmptyAnswer');
  });
}

async function* readBoundary(session: AzureSession, context: ServiceContext): AsyncGenerator<Observation> {
  const answer = await askBoundary(session, context);
  const fact = isFailed(answer)
    ? missingFact(answer)
    : known(answer.state === 'ok' ? textAt(answer.response, 'properties', 'dataBoundary') : null);
  const subject = session.tenant === null ? session.scope : tenantId(session.tenant);
  yield observe(session.scene(subject), answer, { facts: { data_boundary: fact } });
}

/** What the tenant leaves open by it, as a guard rail would list it. */
export async function boundaryGap(
  session: AzureSession,
  context: ServiceContext,
): Promise<readonly string[]> {
  const answer = await askBoundary(session, context);
  if (answer.state !== 'ok') return ['tenant data boundary not read'];
  const boundary = textAt(answer.response, 'properties', 'dataBoundary') ?? '';
  return [`tenant data boundary ${boundary}`];
}
