import { type JsonSchema, mapOf, record } from '../../yaml/schema.ts';
import { assetFacts } from './asset-fact.ts';
import { address, bool, duration, listOf, maybe, no, none, oneOf, reference, words } from './form.ts';

const kinds = {
  object_store: 'Buckets and blobs. DPV: tech:CloudStorage.',
  database: 'A database. DPV: tech:Database.',
  file_share: 'A file share. DPV: tech:DataStorage.',
  block_volume: 'A disk. DPV: tech:DataStorage.',
  snapshot: 'A snapshot of a disk or a database. DPV: tech:DataStorage.',
  backup_vault: 'Backups. DPV: dpv:DataBackupProtocols.',
  queue: 'A queue. DPV: tech:CommunicationMechanism.',
  stream: 'A stream of events. DPV: tech:CommunicationMechanism.',
  search_index: 'A search index. DPV: tech:Database.',
  cache: 'A cache. DPV: tech:DataStorage.',
  log_store: 'Logs. DPV: tech:DataStorage.',
  monitoring: 'Metrics, traces, alerts. DPV: dpv:ActivityMonitoring.',
  server: 'A server or virtual machine. DPV: tech:Infrastructure.',
  cluster: 'A cluster. DPV: tech:Infrastructure.',
  container_service: 'Containers. DPV: tech:ProvidedAsCaaS.',
  function: 'Serverless functions. DPV: tech:ProvidedAsServerlessComputing.',
  analytics: 'Analytics or a warehouse. DPV: dpv:ServiceUsageAnalytics.',
  ai_service: 'A model or AI service. DPV: tech:Model.',
  email: 'Mail. DPV: tech:CommunicationMechanism.',
  identity_directory: 'Accounts and identities. DPV: dpv:IdentityManagementMethod.',
  cdn: 'A content delivery network. DPV: tech:Networking.',
  dns: 'Name service. DPV: tech:Networking.',
  load_balancer: 'A load balancer. DPV: tech:Networking.',
  key: 'An encryption key. DPV: dpv:CryptographicKeyManagement.',
  saas: 'A service used as it is. DPV: tech:ProvidedAsSaaS.',
  endpoint: 'A public entry point. DPV: tech:API.',
  account: 'A cloud account. DPV: tech:CloudService.',
  other: 'Anything else. DPV: dpv:Technology.',
};

const match = record(
  'How to recognise it in what is observed. Texts may hold * and ?.',
  {
    source: maybe('The kind of source to look in.', {
      oneOf: ['aws', 'azure', 's3', 'terraform', 'cloudformation', 'arm', 'kubernetes'].map((source) => ({
        const: source,
      })),
    }),
    tags: maybe('Tags that it carries, all of them.', mapOf('Tags.', words, { minProperties: 1 })),
    name: maybe('Its name.', words),
    arn: maybe('Its ARN.', words),
    id: maybe('Its id: an Azure resource id, an s3:// address.', words),
    address: maybe('Its Terraform address or logical id.', words),
    account: maybe('The account, subscription or project that holds it.', words),
    region: maybe('The region that it is in.', words),
    kind: maybe('Its kind.', words),
  },
  ['source'],
  {
    minProperties: 2,
    'x-expected': 'a source, and at least one of tags, name, arn, id, address, account, region, kind',
  },
);

export const asset: JsonSchema = record(
  'A thing that stores, processes, moves or protects data.',
  {
    title: maybe('What people call it.', { $ref: '#/$defs/title' }),
    kind: oneOf('What it is.', kinds),
    operator: maybe('The organisation that runs the machines.', reference),
    run_by: maybe('The organisation that runs the service on them; false: the operator does.', reference, no),
    offer: maybe('The offer of the operator that it is bought under.', reference, no),
    place: maybe('Where it is declared to be. DPV: dpv:StorageLocation.', { $ref: '#/$defs/place' }),
    holds: listOf('The datasets kept here. DPV: dpv:Store.', reference),
    processes: listOf('The datasets worked on here without being kept. DPV: dpv:Use.', reference),
    encryption: maybe(
      'How it is encrypted; false: it is not. DPV: dpv:Encryption.',
      record('Encryption.', {
        at_rest: maybe('Where it rests. DPV: dpv:EncryptionAtRest.', bool),
        in_transit: maybe('On the way. DPV: dpv:EncryptionInTransfer.', bool),
        client_side: maybe('Before it leaves for the provider. DPV: dpv:EndToEndEncryption.', bool),
        key_manager: oneOf('Who holds the keys. DPV: dpv:CryptographicKeyManagement.', {
          none: 'No key: it is not encrypted.',
          provider: 'The provider, by itself. DPV: tech:Provider.',
          customer: 'The customer, inside the provider’s key service. DPV: tech:Customer.',
          external: 'The customer, outside the provider. DPV: dpv:CryptographicKeyManagement.',
        }),
        key_account: maybe('The account that holds the key.', words, no),
      }),
      none(
        { at_rest: false, in_transit: false, client_side: false, key_manager: 'none' },
        'It is not encrypted.',
      ),
    ),
    public: maybe('Whether anyone on the internet can read it. DPV: dpv:PublicLocation.', bool),
    access: maybe(
      'Who may read it. DPV: dpv:AccessControlMethod.',
      record('Access.', {
        roles: listOf('The roles that may.', words),
        wildcard: maybe('Whether a rule lets anyone of a kind in.', bool),
        outside_accounts: listOf('Accounts of others that may.', words),
      }),
    ),
    access_log: maybe('Whether reads are logged. DPV: dpv:LoggingPolicy.', bool),
    provider_access: oneOf('Whether the provider’s staff can read it.', {
      none: 'They cannot. DPV: dpv:Prohibition.',
      approved: 'After approval, each time. DPV: dpv:AuthorisationProcedure.',
      logged: 'They can, and it is logged. DPV: dpv:LoggingPolicy.',
      free: 'They can. DPV: dpv:Permission.',
    }),
    retention: maybe(
      'How long it is kept here, as enforced; false: for ever. DPV: dpv:StorageDuration.',
      duration,
      no,
    ),
    account: maybe('The account, subscription or project that holds it.', words, no),
    match: listOf('How to recognise it in what is observed: any of these.', match),
    endpoints: listOf('Its public addresses.', address),
    ...assetFacts,
  },
  ['kind', 'operator'],
);
