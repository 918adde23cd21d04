import { describe, expect, test } from '@jest/globals';
import { settingOf } from '../../../src/collect/azure/cloud.ts';
import { BercailError } from '../../../src/error.ts';
import { catalog } from '../../setup/run.ts';

describe('the cloud that a source is in', () => {
  const cases: readonly (readonly [string, object, object, string | null, string])[] = [
    ['nothing', {}, {}, 'azure', 'https://management.azure.com'],
    [
      'the authority of China',
      {},
      { AZURE_AUTHORITY_HOST: 'https://login.chinacloudapi.cn' },
      'azure-cn',
      'https://management.chinacloudapi.cn',
    ],
    [
      'the same without a scheme',
      {},
      { AZURE_AUTHORITY_HOST: 'login.partner.microsoftonline.cn' },
      'azure-cn',
      'https://management.chinacloudapi.cn',
    ],
    [
      'the authority of the US government',
      {},
      { AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.us/' },
      'azure-us-gov',
      'https://management.usgovcloudapi.net',
    ],
    [
      'the name that Azure’s tools have',
      {},
      { AZURE_ENVIRONMENT: 'AzureChinaCloud' },
      'azure-cn',
      'https://management.chinacloudapi.cn',
    ],
    [
      'the configuration before the environment',
      { cloud: 'public' },
      { AZURE_ENVIRONMENT: 'AzureChinaCloud' },
      'azure',
      'https://management.azure.com',
    ],
    [
      'an empty variable',
      {},
      { AZURE_AUTHORITY_HOST: '', AZURE_ENVIRONMENT: '' },
      'azure',
      'https://management.azure.com',
    ],
    [
      'an endpoint of its own',
      {},
      { AZURE_RESOURCE_MANAGER_URL: 'https://stack.example/' },
      'azure',
      'https://stack.example',
    ],
    [
      'an authority that nobody knows, with an endpoint',
      { endpoint: 'https://stack.example' },
      { AZURE_AUTHORITY_HOST: 'https://sts.example' },
      null,
      'https://stack.example',
    ],
  ];
  test.each(cases)('by %s', (_, options, env, provider, endpoint) => {
    expect(settingOf({ ...options }, { ...env })).toMatchObject({ provider, endpoint });
  });

  test('a token for an endpoint of its own is asked for it, never for the cloud', () => {
    expect(settingOf({ endpoint: 'https://stack.example' }).audience).toBe('https://stack.example');
    expect(settingOf({ endpoint: 'https://stack.example', audience: 'https://stack/123' }).audience).toBe(
      'https://stack/123',
    );
    expect(settingOf({}).audience).toBe('https://management.azure.com');
  });

  test.each([
    ['http', { endpoint: 'http://127.0.0.1:1' }, {}],
    ['no address', { endpoint: 'nowhere' }, {}],
    ['a password in it', { endpoint: 'https://me:secret@stack.example' }, {}],
    ['a cloud that is none', { cloud: 'mars' }, {}],
    ['an authority that nobody knows, and no endpoint', {}, { AZURE_AUTHORITY_HOST: 'https://sts.example' }],
  ])('%s is an error of configuration, without a secret in it', (_, options, env) => {
    const ask = (): unknown => settingOf({ ...options }, { ...env });
    expect(ask).toThrow(BercailError);
    expect(ask).not.toThrow(/secret/);
  });

  test.each([
    ['azure', 'France Central', 'FR'],
    ['azure-cn', 'China North 3', 'CN'],
    ['azure-us-gov', 'USGov Virginia', 'US'],
  ])('%s has places of its own: %s', (provider, region, country) => {
    expect(catalog.region(provider, region)?.countries).toEqual([country]);
    for (const other of ['azure', 'azure-cn', 'azure-us-gov'].filter((one) => one !== provider))
      expect(catalog.region(other, region)).toBeNull();
  });

  test('`global`, the edge and the data zones are places of their own, and none is France', () => {
    for (const code of ['global', 'edge', 'datazone-us'])
      expect(catalog.region('azure', code)?.countries).not.toContain('FR');
    const zone = catalog.region('azure', 'datazone-eu');
    expect(zone?.countries).toContain('FR');
    expect(zone?.countries.length).toBe(27);
  });
});
