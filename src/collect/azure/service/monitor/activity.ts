import type { Observation } from '../../../../inventory/observation.ts';
import { isFailed, missingFact, observe } from '../../../call.ts';
import { subscriptionId } from '../../read/id.ts';
import { listAll } from '../page.ts';
import type { AzureService, AzureSession, ServiceContext } from '../service.ts';
import { action } from '../service.ts';
import { sinksOf } from './diagnostic.ts';
import { observeSink, sinkCalls } from './sink.ts';

const listSettings = action(
  'Microsoft.Insights/diagnosticSettings/read',
  '2021-05-01-preview',
  'SubscriptionDiagnosticSettings_List',
  { facts: ['relations.log'] },
);

/** Where the activity log of a subscription is sent: who administered what, in the subscription as a whole. */
export const activityService: AzureService = {
  name: 'activity-log',
  scope: 'subscription',
  calls: [listSettings, ...sinkCalls],
  read: readActivity,
};

async function* readActivity(session: AzureSession, context: ServiceContext): AsyncGenerator<Observation> {
  if (!context.needs(listSettings)) return;
  const id = subscriptionId(session.subscription);
  const path = `${id}/providers/Microsoft.Insights/diagnosticSettings`;
  const { answer, items } = await listAll(session, context, listSettings, path);
  const sinks = [...new Set(items.flatMap(sinksOf))];
  const facts = isFailed(answer) ? { 'relations.log': missingFact(answer) } : {};
  yield observe(session.scene(id), answer, { facts, relations: sinks.map((to) => ({ kind: 'log', to })) });
  for (const to of sinks) yield* await observeSink(session, context, answer, to);
}
