import { jsonText } from '../../../inventory/fact.ts';
import type { Configuration } from '../configuration/model.ts';
import { type Chosen, providerSetting } from '../configuration/provider.ts';

interface Hosts {
  readonly configuration: Configuration;
  readonly providerOfHost: (host: string) => string | null;
}

export interface Hosted {
  readonly provider: string | null;
  readonly step: string;
}

/** The services of types whose second word is not their service. */
const SERVICES: { readonly [word: string]: readonly string[] } = {
  instance: ['ec2'],
  ebs: ['ec2'],
  vpc: ['ec2'],
  subnet: ['ec2'],
  security: ['ec2'],
  ami: ['ec2'],
  db: ['rds'],
  sfn: ['stepfunctions'],
  cloudwatch: ['cloudwatchlogs', 'logs', 'cloudwatch'],
  lb: ['elbv2', 'elb'],
  s3: ['s3', 's3api'],
};

/**
 * Who is behind the address that a provider configuration sets for a service: the S3 of many clouds is reached through
 * AWS's provider. Undefined where it sets none; `provider` is null for an address that the catalog does not know.
 */
export function hostedBy(
  { configuration, providerOfHost }: Hosts,
  chosen: Chosen & { readonly found: true },
  type: string,
): Hosted | undefined {
  const [prefix = '', word = ''] = type.split('_');
  const settings =
    prefix === 'aws'
      ? ((Object.hasOwn(SERVICES, word) ? SERVICES[word] : undefined) ?? [word]).map(
          (service) => `endpoints.0.${service}`,
        )
      : prefix === 'openstack'
        ? ['auth_url']
        : [];
  for (const setting of settings) {
    const answer = providerSetting(configuration, chosen, setting);
    if (answer === null || (answer.known && (answer.value === null || answer.value === ''))) continue;
    const name = setting.split('.').at(-1);
    if (!answer.known) return { provider: null, step: `${name} endpoint: ${answer.why}` };
    const address = jsonText(answer.value);
    const host = URL.canParse(address) ? new URL(address).hostname : address;
    const provider = host === '' ? null : providerOfHost(host);
    return { provider, step: `${name} endpoint ${host} → ${provider ?? '?'}` };
  }
  return undefined;
}
