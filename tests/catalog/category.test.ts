import { expect, test } from '@jest/globals';
import { shippedCatalog } from './shipped.ts';

const catalog = shippedCatalog();

test.each([
  ['education.results', 'education', true],
  ['education.school.address', 'education.school', true],
  ['education.school.address', 'education', true],
  ['education', 'education', true],
  ['education', 'education.results', false],
  ['education.results', 'edu', false],
  ['education.nothing', 'education', false],
  ['advertising.targeted', 'advertising', true],
  ['constructor', 'constructor', false],
])('%s is a %s: %p', (id, ancestor, expected) => {
  expect(catalog.isA(id, ancestor)).toBe(expected);
});

test('the categories and purposes that manifests name are there', () => {
  const categories =
    'identity.name identity.ine identity.nir identity.birth_date identity.photo contact.email contact.phone contact.address education.results education.school education.school.address education.school.uai education.class education.behaviour education.orientation education.attendance health.care health.disability health.pai religion biometrics social account.bank account.credentials device.id technical.access_log technical.ip technical.cookie';
  const purposes =
    'education.assessment education.follow_up administration research statistics security commercial advertising profiling ai_training';
  expect(categories.split(' ').filter((id) => !catalog.category(id))).toEqual([]);
  expect(purposes.split(' ').filter((id) => !catalog.purpose(id))).toEqual([]);
});

test('an unknown one gives the nearest names', () => {
  expect(catalog.category('education.result')).toBeNull();
  expect(catalog.nearestCategories('education.result')[0]).toBe('education.results');
  expect(catalog.nearestPurposes('advertizing')[0]).toBe('advertising');
});
