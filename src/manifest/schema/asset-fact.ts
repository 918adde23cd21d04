import { record, type Shape } from '../../yaml/schema.ts';
import { bool, country, date, listOf, maybe, no, oneOf, words } from './form.ts';

const place = { $ref: '#/$defs/place' };

const tracker = record(
  'A cookie, a pixel or another tracker.',
  {
    name: maybe('Its name.', words),
    consent: maybe('Whether it is set only after consent. DPV: dpv:Consent.', bool),
    exempt: maybe('Whether it needs none: strictly necessary, or measuring within the exemption.', bool),
  },
  ['name'],
);

/** What rules ask of an asset, and no account or code shows of a host that no collector reads. */
export const assetFacts: Shape = {
  access_log_places: listOf('Where its access logs are kept.', place),
  provider_access_log: maybe('Whether what the provider’s staff does is logged.', bool),
  entry_point: maybe('Whether people reach the service here. DPV: tech:Networking.', bool),
  trackers: listOf('Trackers that it sets on whoever visits. DPV: dpv:ServiceUsageAnalytics.', tracker),
  teleservice: maybe('Whether it is an online service of an administration to the public.', bool),
  homologation: maybe(
    'Its security approval (décret 2010-112, art. 5); false: there is none. DPV: dpv:SecurityAssessment.',
    record('The approval.', {
      dated: maybe('The day it was signed.', date, no),
      expires: maybe('Its last day.', date, no),
    }),
    no,
  ),
  visa: maybe('Whether the archives administration signed for what is destroyed here.', bool),
  key_facts: maybe(
    'For a key: who runs it, and where else it is.',
    record('The key. DPV: dpv:CryptographicKeyManagement.', {
      manager: oneOf('Who holds it.', {
        provider: 'The provider, by itself. DPV: tech:Provider.',
        customer: 'The customer, inside the provider’s key service. DPV: tech:Customer.',
        external: 'The customer, outside the provider. DPV: dpv:CryptographicKeyManagement.',
      }),
      origin: maybe('Where it was made: a key service, an HSM, an external store.', words),
      owner_country: maybe('The seat of whoever holds it.', country),
      replicas: listOf('Where copies of it are.', place),
    }),
  ),
};
