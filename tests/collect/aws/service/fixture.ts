import { services } from '../../../../src/collect/aws/service/registry.ts';
import type { AwsService } from '../../../../src/collect/aws/service/service.ts';
import type { Observation } from '../../../../src/inventory/observation.ts';
import { answersOf } from '../../../fixtures/aws/index.ts';
import { readService, type ServiceRun } from '../../../setup/fake-service.ts';

export async function serviceOf(name: string): Promise<AwsService> {
  const service = await services[name]?.();
  if (service === undefined) throw new Error(`no service ${name}`);
  return service;
}

/** Reads what the fixtures have for one service. */
export async function readFixture(
  name: string,
  more: Partial<ServiceRun> = {},
): Promise<readonly Observation[]> {
  const answers = answersOf[name];
  if (answers === undefined) throw new Error(`no answers for ${name}`);
  return readService(await serviceOf(name), { answers, ...more });
}

export function short(id: string): string {
  return id
    .replace(/^arn:aws:/, '')
    .replaceAll('111122223333', 'own')
    .replaceAll('eu-west-3', 'here');
}
