import { anyOf, choice, flag, type JsonSchema, list, mapOf, record, text } from '../yaml/schema.ts';

const allOrSome = (description: string): JsonSchema =>
  anyOf(description, { const: 'all' }, { type: 'array', items: text('One of them.'), minItems: 1 });

const webAddress: JsonSchema = { type: 'string', format: 'web_address' };
const sha256: JsonSchema = {
  type: 'string',
  pattern: '^[0-9a-f]{64}$',
  'x-expected': 'the 64 hexadecimal digits of a SHA-256',
};
const day: JsonSchema = { type: 'string', format: 'day' };

const kinds: { readonly [kind: string]: JsonSchema } = {
  aws: record('An AWS account or organisation.', {
    profile: text('Profile of the shared AWS configuration.'),
    organization: flag('Whether to go through every account of the organisation.'),
    role: text('Role to take in each account.'),
    external_id: text('External id that the role asks for.'),
    region: text('Region to ask from; default: that of the environment or of the profile.'),
    regions: allOrSome('Regions to read: all, or a list of codes. Those left out are reported as not read.'),
    services: allOrSome(
      'Services to read: all, or a list of names. Those left out are reported as not read.',
    ),
    endpoint: { ...webAddress, description: 'Address that answers in the place of AWS.' },
    timeout: {
      type: 'integer',
      minimum: 1,
      description: 'Seconds that a call may take with all its attempts. Default: 900.',
    },
  }),
  azure: record('An Azure tenant.', {
    tenant: text('Its id.'),
    subscriptions: allOrSome(
      'Subscriptions to read: all, or a list of ids or names. Those left out are reported as not read.',
    ),
    services: allOrSome(
      'Services to read: all, or a list of names. Those left out are reported as not read.',
    ),
    cloud: choice('Which of Microsoft’s clouds; default: that of the authority that signs in.', {
      public: 'Azure.',
      china: 'Azure operated by 21Vianet.',
      usgovernment: 'Azure for the government of the United States.',
    }),
    endpoint: {
      ...webAddress,
      description:
        'Resource Manager that answers in the place of the cloud’s: a stack, a proxy. It is sent tokens made for it, never those of the cloud.',
    },
    audience: text('What tokens for that endpoint are asked for, when it is not its address.'),
    authority: { ...webAddress, description: 'Who signs the tokens; default: AZURE_AUTHORITY_HOST.' },
  }),
  s3: record(
    'An S3-compatible endpoint.',
    {
      provider: text('Key of the provider in the catalog; default: the one that the host belongs to.'),
      endpoint: { ...webAddress, description: 'Its address, without credentials.' },
      region: text('Its region code at that provider, for an endpoint that does not say.'),
      profile: text('Profile of the shared AWS configuration.'),
      operator: text(
        'Of a server of one’s own (MinIO, Ceph, Garage): who runs it, by key or name of an organisation of a manifest.',
      ),
      country: {
        type: 'string',
        pattern: '^[A-Z]{2}$',
        'x-expected': 'a country, as two capital letters (ISO 3166-1)',
        description: 'Of a server of one’s own: where it stands.',
      },
      timeout: {
        type: 'integer',
        minimum: 1,
        description: 'Seconds that a call may take with all its attempts. Default: 120.',
      },
    },
    ['endpoint'],
  ),
  terraform: record(
    'A Terraform plan or state, and the code that it comes from.',
    {
      plan: text('JSON of the plan.'),
      state: text('JSON of the state.'),
      root: text('Folder of the code.'),
      label: text('A name of its own, where another source has the same addresses.'),
    },
    [],
    { minProperties: 1 },
  ),
  cloudformation: record(
    'A CloudFormation template.',
    {
      template: text('The template.'),
      parameters: text('File of parameters.'),
      region: text('Region that it is deployed to.'),
      regions: list('Regions that a stack set deploys it to.', text('A region code.')),
      account: text('Account that it is deployed to.', { 'x-expected': 'an account number, as a text' }),
      stack: text('Name of the stack. Default: the end of the path of the template.'),
      tags: mapOf('Tags that the stack puts on all it creates.', text('A value.')),
    },
    ['template'],
  ),
  arm: record(
    'An Azure Resource Manager template.',
    {
      template: text('The template.'),
      parameters: text('File of parameters.'),
      location: text('Location of the resource group, or of the deployment.'),
      subscription: text('Subscription that it is deployed to.'),
      stack: text('Name of the deployment. Default: the end of the path of the template.'),
    },
    ['template'],
  ),
  kubernetes: record(
    'Kubernetes or compose manifests, or what Helm rendered.',
    {
      path: text('The file, or a folder of them.'),
      provider: text('Key in the catalog of the provider that runs the cluster.'),
      region: text('Region of the cluster.'),
      cluster: text('Name of the cluster. Default: the end of the path.'),
    },
    ['path'],
  ),
  snapshot: text('A snapshot that collect wrote.'),
  sample: record(
    'A sample of data, measured where it is.',
    {
      path: text('The file.'),
      dataset: text('The dataset that it is a sample of.'),
      asset: text('The asset that it was taken from.'),
    },
    ['path', 'dataset'],
  ),
};

/** JSON Schema 2020-12 of `bercail: config/v1`. */
export const configSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:bercail:config:v1',
  title: 'Config',
  ...record(
    'Configuration of Bercail (config/v1): what to read, what to judge it by. Paths are relative to this file.',
    {
      bercail: { description: 'The format of this file.', const: 'config/v1' },
      as_of: { ...day, description: 'Judge with the law of this day. Default: today.' },
      policy: text('A policy file, or the name of a built-in policy.'),
      language: choice('Language of what people read.', { fr: 'French.', en: 'English.' }),
      manifests: list('Manifests, as paths that may hold * and **.', text('A path.')),
      waivers: text('File of waivers.'),
      attestations: text('File of signed answers to what no machine can see.'),
      baseline: text('File of known findings: only what is new is reported.'),
      packs: mapOf(
        'Rule packs of your own, by name.',
        anyOf(
          'A folder, pinned or not.',
          text('The folder.'),
          record(
            'A folder whose content must not change.',
            {
              path: text('The folder.'),
              sha256: { ...sha256, description: 'Its digest.' },
            },
            ['path'],
          ),
        ),
      ),
      sources: list('What to read.', {
        description: 'One source.',
        anyOf: Object.entries(kinds).map(([kind, settings]) =>
          record(`A source of kind ${kind}.`, { [kind]: settings }, [kind]),
        ),
        'x-expected': `one source: ${Object.keys(kinds).join(', ')}`,
      }),
    },
    ['bercail'],
  ),
};
