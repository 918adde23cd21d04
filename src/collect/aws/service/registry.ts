import type { AwsService } from './service.ts';

/** One line a service; each is loaded by its first job. The order is that of the jobs. */
export const services: { readonly [name: string]: () => Promise<AwsService> } = {
  s3: async () => (await import('./s3.ts')).s3Service,
};
