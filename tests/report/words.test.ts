import { describe, expect, test } from '@jest/globals';
import type { GateReason } from '../../src/evaluate/gate.ts';
import type { How } from '../../src/evaluate/unknown.ts';
import { gateReason, howText } from '../../src/report/words.ts';
import type { Finding, Missing, Subject } from '../../src/result/result.ts';
import { result2018 } from '../fixtures/report/result-2018.ts';
import { messagesOf } from './rendering.ts';

const [template] = result2018('en').findings as readonly [Finding];
const contractor = { type: 'organisation', id: 'contractor' } as const;
const holding = { type: 'holding', id: 'results@reperes' } as const;
const bucket = { type: 'asset', id: 'arn:aws:s3:::export' } as const;

function findingOf({ type, id }: Pick<Subject, 'type' | 'id'>, place: Finding['place'] = null): Finding {
  return { ...template, subject: { type, id, label: id }, place };
}

describe('how to supply a missing fact', () => {
  // Assigned to the types that the evaluation asks for: they must fit.
  const en: How = howText(messagesOf('en'));
  const fr: How = howText(messagesOf('fr'));

  test.each<[string, Missing, Finding, string]>([
    [
      'a refusal names the permission',
      { fact: 'encryption.at_rest', reason: 'denied', permission: 's3:GetEncryptionConfiguration' },
      findingOf(holding),
      'Grant s3:GetEncryptionConfiguration to the identity that audits',
    ],
    [
      'a refusal without a permission names the fact',
      { fact: 'tags', reason: 'denied' },
      findingOf(holding),
      'Let the identity that audits read tags',
    ],
    [
      'a region that the catalog does not list',
      { fact: 'place.countries', reason: 'error' },
      findingOf(holding, { provider: 'aws', region: 'eu-west-99', city: null, countries: [] }),
      'The catalog does not list the region eu-west-99 of aws: correct the code, or state the countries under `place`',
    ],
    [
      'a region without a provider',
      { fact: 'place.countries', reason: 'error' },
      findingOf(holding, { provider: null, region: 'eu-west-2', city: null, countries: [] }),
      'A region code means nothing without its provider: name the provider of eu-west-2',
    ],
    [
      'nobody was asked: the field of the manifest',
      { fact: 'contract.clauses.audit', reason: 'not_asked' },
      findingOf(contractor),
      'organisations.contractor.contract.clauses.audit — write it in the manifest',
    ],
    [
      'asked: who could say',
      { fact: 'contract.clauses.audit', reason: 'asked' },
      findingOf(contractor),
      'organisations.contractor.contract.clauses.audit — nobody could say: ask whoever signed the contract, then write it in the manifest',
    ],
    [
      'a fact of an asset that nobody declared',
      { fact: 'asset.access_log', reason: 'not_asked' },
      findingOf(bucket),
      'access_log — declare this asset in the manifest, with this field',
    ],
    [
      'a store that nobody classified',
      { fact: 'dataset.subjects', reason: 'not_collected' },
      findingOf({ type: 'holding', id: 'unclassified@arn:aws:s3:::export' }),
      'Say what it holds: declare it in the manifest with `holds`, or give it a tag that the policy classifies',
    ],
    [
      'a measure',
      { fact: 'measured.k', reason: 'not_asked' },
      findingOf({ type: 'dataset', id: 'results' }),
      'measured.k — measure a sample: add a `sample` source for this dataset',
    ],
    [
      'an attestation',
      { fact: 'attestation', reason: 'not_asked' },
      { ...findingOf({ type: 'activity', id: 'evaluation' }), rule: 'GOV-07' },
      'GOV-07 — have it attested: a signed and dated answer under `attestations` in the manifest',
    ],
    [
      'places that a source does not tell whole',
      { fact: 'place.countries', reason: 'not_collected' },
      findingOf(holding),
      'The source does not say every country: state them under `place` in the manifest',
    ],
    [
      'what no source reads',
      { fact: 'access.outside_accounts', reason: 'not_collected' },
      findingOf(holding),
      'access.outside_accounts — no source of this run reads it: add one that does, or have it attested',
    ],
    [
      'what only an account shows',
      { fact: 'asset.guard_rail.effective', reason: 'not_asked' },
      findingOf(bucket),
      'asset.guard_rail.effective — supply it by a source that reads it, or have it attested',
    ],
    [
      'a source that broke',
      { fact: 'public', reason: 'error' },
      findingOf(holding),
      'public — the source answered with an error: run again, then look at what was not read',
    ],
  ])('%s', (_, missing, finding, expected) => {
    expect(en(missing, finding)).toBe(expected);
    expect(fr(missing, finding)).not.toMatch(/^how\./);
  });

  test('French says the same in its own words', () => {
    expect(fr({ fact: 'owner', reason: 'asked' }, findingOf(contractor))).toBe(
      'organisations.contractor.owner — personne n’a su le dire\u00a0: demander à l’organisation elle-même, puis l’écrire dans le manifeste',
    );
  });
});

describe('why the gate decided', () => {
  const en: GateReason = gateReason(messagesOf('en'));
  const fr: GateReason = gateReason(messagesOf('fr'));
  const none = { failing: 0, undecided: 0, gaps: 0, failOn: 'high', unknown: 'observed' };

  test.each<[Parameters<GateReason>[0], Partial<typeof none>, string, string]>([
    [
      'fail',
      { failing: 1 },
      '1 finding of severity high or above, not waived',
      '1 constat de gravité élevée ou plus, sans dérogation',
    ],
    [
      'fail',
      { failing: 2, undecided: 3 },
      '2 findings of severity high or above, not waived; 3 judgements more lack evidence',
      '2 constats de gravité élevée ou plus, sans dérogation\u202f; il manque des preuves pour 3 autres jugements',
    ],
    [
      'incomplete',
      { undecided: 1 },
      'nothing fails at severity high or above, but 1 judgement lacks evidence',
      'aucun constat de gravité élevée ou plus, mais il manque des preuves pour 1 jugement',
    ],
    [
      'incomplete',
      { gaps: 2 },
      'nothing fails at severity high or above, but 2 calls were refused, or lists not read to their end',
      'aucun constat de gravité élevée ou plus, mais 2 appels ont été refusés, ou des listes n’ont pas été lues jusqu’au bout',
    ],
    [
      'incomplete',
      { undecided: 2, gaps: 1 },
      'nothing fails at severity high or above, but 2 judgements lack evidence and 1 call was refused, or a list not read to its end',
      'aucun constat de gravité élevée ou plus, mais il manque des preuves pour 2 jugements et 1 appel a été refusé, ou une liste n’a pas été lue jusqu’au bout',
    ],
    [
      'pass',
      {},
      'nothing fails at severity high or above, and no evidence that the gate needs is missing',
      'aucun constat de gravité élevée ou plus, et aucune preuve nécessaire ne manque',
    ],
    [
      'pass',
      { unknown: 'none' },
      'nothing fails at severity high or above; what is not known was not counted',
      'aucun constat de gravité élevée ou plus\u202f; ce qui n’est pas connu n’a pas été compté',
    ],
    [
      'pass',
      { failOn: 'never' },
      'the gate is off: findings are reported and fail nothing',
      'le seuil est désactivé\u00a0: les constats sont rapportés sans faire échouer',
    ],
  ])('%s with %j', (verdict, counts, english, french) => {
    expect(en(verdict, { ...none, ...counts })).toBe(english);
    expect(fr(verdict, { ...none, ...counts })).toBe(french);
  });
});
