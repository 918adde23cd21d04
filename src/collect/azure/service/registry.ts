import type { AzureService } from './service.ts';

/** One line a service; each is loaded by its first job. The order is that of the jobs. */
export const services: { readonly [name: string]: () => Promise<AzureService> } = {
  resources: async () => (await import('./inventory/resources.ts')).resourcesService,
  policy: async () => (await import('../guard-rail/service.ts')).policyService,
  'data-boundary': async () => (await import('../guard-rail/boundary.ts')).boundaryService,
  storage: async () => (await import('./storage/account.ts')).storageService,
  sql: async () => (await import('./database/sql.ts')).sqlService,
  'sql-instance': async () => (await import('./database/instance.ts')).instanceService,
  cosmos: async () => (await import('./database/cosmos.ts')).cosmosService,
  postgresql: async () => (await import('./database/flexible.ts')).postgresqlService,
  mysql: async () => (await import('./database/flexible.ts')).mysqlService,
  'recovery-services': async () => (await import('./backup/recovery.ts')).recoveryService,
  'data-protection': async () => (await import('./backup/protection.ts')).protectionService,
  'key-vault': async () => (await import('./key/vault.ts')).vaultService,
  'managed-hsm': async () => (await import('./key/hsm.ts')).hsmService,
  cdn: async () => (await import('./network/cdn.ts')).cdnService,
  'front-door': async () => (await import('./network/front-door.ts')).frontDoorService,
  'log-analytics': async () => (await import('./monitor/workspace.ts')).workspaceService,
  'activity-log': async () => (await import('./monitor/activity.ts')).activityService,
  ai: async () => (await import('./ai/cognitive.ts')).cognitiveService,
};
