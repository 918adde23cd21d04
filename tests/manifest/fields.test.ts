import { describe, expect, test } from '@jest/globals';
import { BercailError } from '../../src/error.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { catalog } from '../fixtures/manifest/catalog.ts';

const head =
  'bercail: manifest/v1\nid: m\norganisations:\n  men: {name: M, role: controller}\n  region: {name: R, role: joint_controller}\n';
const rest =
  'datasets:\n  d: {subjects: [pupil], categories: [education.results]}\nassets:\n  s: {kind: saas, operator: men, holds: [d]}\n';

function problemsOf(text: string): readonly string[] {
  try {
    readManifest(text, 'm.yaml', catalog);
    return [];
  } catch (error) {
    if (!(error instanceof BercailError)) throw error;
    return error.message.split('\n');
  }
}

const asset = (fields: string): string => `${head}${rest.replace('holds: [d]}', `holds: [d], ${fields}}`)}`;
const activity = (fields: string): string =>
  `${head}${rest}activities:\n  a: {controller: men, joint_controllers: [region], datasets: [d], ${fields}}\n`;

describe('fields that rules read', () => {
  test.each([
    asset(
      'teleservice: true, homologation: {dated: 2026-03-01, expires: none}, visa: false, entry_point: true',
    ),
    asset(
      'trackers: [{name: a, consent: false, exempt: unknown}], provider_access_log: false, access: {outside_accounts: none}',
    ),
    asset(
      'access_log_places: [{country: FR}, {provider: aws, region: eu-west-3}], key_facts: {manager: external, owner_country: FR, replicas: none}',
    ),
    activity(
      'joint_arrangement: 2026-02-02, rights: {access: true, rectification: false, guardians: unknown}',
    ),
    activity(
      'joint_arrangement: none, automated_decisions: none, consent: {online_service: true, joint_under_15: false}',
    ),
    activity(
      'notice: {lists_transfers: true}, sren31: {classified: true, derogation: 2027-01-31}, dpia: {exemption: a list}',
    ),
    activity('decision_maker_joined_provider: unknown'),
  ])('are read: %#', (text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  test.each([
    [
      'a name that nothing has',
      activity('x: 1').replace('[region]', '[regoin]').replace(', x: 1', ''),
      'm.yaml:11:44: "regoin" is not defined in this manifest (did you mean "region"?)',
    ],
    [
      'a word of another list',
      asset('key_facts: {manager: somebody}'),
      'assets.s.key_facts.manager is "somebody"',
    ],
    [
      'a day that is none',
      asset('homologation: {dated: 2026-02-30}'),
      'assets.s.homologation.dated is "2026-02-30"',
    ],
    [
      'a tracker without a name',
      asset('trackers: [{consent: true}]'),
      'the key "name" is missing in assets.s.trackers[0]',
    ],
    [
      'a country for a list of places',
      asset('access_log_places: [FR]'),
      'assets.s.access_log_places[0] is "FR"',
    ],
  ])('say what is wrong: %s', (_what, text, message) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining(message)]);
  });
});

test('a key or an entry point that holds nothing is no idle definition', () => {
  const text = `${head}${rest}  k: {kind: key, operator: region}\n  dns: {kind: dns, operator: men}\n  idle: {kind: server, operator: men}\n`;
  const { warnings } = readManifest(text, 'm.yaml', catalog);
  expect(warnings.map(({ message }) => message)).toEqual(['"idle" is defined and never used']);
});

test('no decisions by machines, and no notice, say no to each of their parts', () => {
  const { value } = readManifest(activity('automated_decisions: none, notice: none'), 'm.yaml', catalog);
  expect((value['activities'] as { a: unknown }).a).toMatchObject({
    automated_decisions: { used: false, emotion_recognition: false },
    notice: { lists_recipients: false, lists_transfers: false },
  });
});
