import { describe, expect, test } from '@jest/globals';
import {
  isIban,
  isIneBase36,
  isIneBea,
  isNir,
  isSiren,
  isSiret,
  isUai,
} from '../../src/anonymity/identifier/check.ts';
import { announcedBy } from '../../src/anonymity/identifier/column-name.ts';
import { createDetector, type Identifier } from '../../src/anonymity/identifier/detect.ts';
import { looksLikeData } from '../../src/anonymity/identifier/header.ts';

const checks = { isIban, isIneBase36, isIneBea, isNir, isSiren, isSiret, isUai };

describe('a check', () => {
  test.each([
    ['isUai', '0951099D', true],
    ['isUai', '0951099E', false],
    ['isUai', '0951099', false],
    ['isIneBea', '1234567890V', true],
    ['isIneBea', '1234567890W', false],
    ['isIneBase36', '0ABCDE12340', true],
    ['isIneBase36', '0ABCDE12341', false],
    ['isNir', '253072B07300470', true],
    ['isNir', '295109912611193', true],
    ['isNir', '2 95 10 99 126 111 93', true],
    ['isNir', '295109912611194', false],
    ['isSiret', '73282932000074', true],
    ['isSiret', '35600000049837', true],
    ['isSiret', '73282932000075', false],
    ['isSiren', '732829320', true],
    ['isSiren', '732829321', false],
    ['isIban', 'FR76 3000 6000 0112 3456 7890 189', true],
    ['isIban', 'FR76 3000 6000 0112 3456 7890 188', false],
    ['isIban', 'GB82 WEST 1234 5698 7654 32', true],
  ] as const)('%s of %s is %s', (check, value, passes) => {
    expect(checks[check](value)).toBe(passes);
  });
});

function detect(column: string, values: readonly string[]): readonly Identifier[] {
  const detector = createDetector(column);
  for (const value of values) detector.add(value, 1);
  return detector.identifiers();
}

const letters = 'ABCDEFGHJKLMNPRSTUVWXYZ';
const uai = (number: number): string => `${String(number).padStart(7, '0')}${letters[number % 23]}`;
const nir = (number: number): string => `${number}${String(97 - (number % 97)).padStart(2, '0')}`;
const range = (length: number): readonly number[] => Array.from({ length }, (_, at) => at);

describe('a column', () => {
  test.each<[string, string, readonly string[], Identifier['kind'], Identifier['confidence']]>([
    [
      'of schools, by the run of checks that pass',
      'code',
      range(20).map((at) => uai(950000 + at * 37)),
      'uai',
      'high',
    ],
    ['of schools, by its name', 'uai_etablissement', [uai(951099)], 'uai', 'high'],
    ['of one school code with a telling name only', 'x', [uai(951099)], 'uai', 'low'],
    ['of NIR', 'x', range(5).map((at) => nir(1_850_575_123_000 + at * 977)), 'nir', 'high'],
    ['of one NIR', 'x', [nir(1_850_575_123_456)], 'nir', 'medium'],
    [
      'of INE by its name, of the form whose key is not public',
      'INE',
      ['123456789AB', '987654321GH'],
      'ine',
      'high',
    ],
    ['of that form under another name', 'ref', range(6).map((at) => `12345678${at}AB`), 'ine', 'low'],
    ['of e-mail addresses', 'login', ['marie@ecole.fr', 'paul@ecole.fr'], 'email', 'high'],
    ['of telephones as people write them', 'x', ['06 12 34 56 78', '01.23.45.67.89'], 'phone', 'high'],
    ['of telephones without spaces', 'x', ['0612345678', '0123456789'], 'phone', 'medium'],
    [
      'of addresses',
      'lieu',
      ['12 rue des Écoles 75005 Paris', '3 bis avenue Foch, 57000 Metz'],
      'address',
      'high',
    ],
    ['of names, by its own', 'nom_eleve', ['DUPONT', 'MARTIN', 'N’GUYEN'], 'name', 'medium'],
    [
      'of names as administrations write them',
      'x',
      ['DUPONT Marie', 'MARTIN Paul', 'LE GALL Anne', 'PETIT Louis', 'ROUX Jeanne'],
      'name',
      'low',
    ],
    [
      'of first names, by the list of those given in France',
      'col3',
      ['Léa', 'Lucas', 'Inaya', 'Mohamed', 'Jean-Pierre', 'CHLOÉ', 'Aminata', 'Noé', 'Zorglub'],
      'name',
      'medium',
    ],
    [
      'of names of persons in any order',
      'x',
      [
        'Durand Léa',
        'Lucas Petit',
        'INAYA KONE',
        'Le Gall, Noé',
        'Mohamed B.',
        'Aminata Sy',
        'Zoé Roux',
        'Hugo N’Guyen',
      ],
      'name',
      'medium',
    ],
    [
      'of texts that call pupils by their first name',
      'avis',
      [
        'Bon trimestre, Lucas est attentif en classe',
        'Aminata doit encore revoir ses tables cette année',
        'Il faut féliciter Inaya pour son travail régulier',
        'Travail correct mais irrégulier ce trimestre encore',
      ],
      'name',
      'medium',
    ],
    ['of dates of birth', 'dateNaissance', ['2012-05-01', '2011-11-30'], 'birth_date', 'high'],
    ['of IBAN', 'x', ['FR7630006000011234567890189'], 'iban', 'medium'],
    ['of IPv6 addresses', 'x', ['2001:db8::1', '2001:db8::2'], 'ip', 'high'],
    ['of IPv4 addresses', 'x', ['192.0.2.1', '192.0.2.2'], 'ip', 'medium'],
  ])('%s', (_name, column, values, kind, confidence) => {
    expect(detect(column, values)).toContainEqual(expect.objectContaining({ column, kind, confidence }));
  });

  test.each<[string, string, readonly string[]]>([
    ['of order numbers', 'order_no', range(200).map(String)],
    [
      'of random numbers with the shape of a SIREN',
      'x',
      range(200).map((at) => String(100_000_000 + at * 3_141_593)),
    ],
    [
      'of random numbers with the shape of an INE in base 36',
      'x',
      range(200).map((at) => String(10_000_000_000 + at * 31_415_927)),
    ],
    ['of words', 'answer', ['vrai', 'faux', 'je ne sais pas']],
    ['of scores', 'score', range(100).map((at) => `${at},5`)],
    ['of names of schools', 'nom_etablissement', ['Jules Ferry', 'Les Lilas']],
    ['called name and masked', 'name', ['*', '*']],
    [
      'of schools called after persons',
      'etablissement',
      [
        'Jules Ferry',
        'Jean Jaurès',
        'Marie Curie',
        'Victor Hugo',
        'Louise Michel',
        'Anne Frank',
        'Paul Bert',
        'Simone Veil',
      ],
    ],
    [
      'of subjects',
      'x',
      ['français', 'maths', 'histoire', 'anglais', 'physique', 'espagnol', 'dessin', 'musique', 'Rose'],
    ],
    [
      'of months',
      'x',
      [
        'janvier',
        'février',
        'mars',
        'avril',
        'mai',
        'juin',
        'juillet',
        'août',
        'septembre',
        'octobre',
        'novembre',
        'décembre',
      ],
    ],
    ['of sexes', 'x', ['male', 'female']],
    ['of dates that nobody calls births', 'taken_on', ['2018-09-17', '2018-09-18']],
  ])('%s holds no identifier', (_name, column, values) => {
    expect(detect(column, values)).toEqual([]);
  });

  test('of free text is one, and what stands in it is found', () => {
    const found = detect('commentaire', [
      'Bon trimestre, continuez ainsi, Marie est attentive',
      'Voir avec Mme Dupont au 06 12 34 56 78 avant jeudi',
      'Son INE 1234567890V est à corriger dans la base élèves',
      'Écrire à parent@exemple.fr pour la réunion de rentrée',
    ]);
    expect(found.map(({ kind, confidence }) => `${kind} ${confidence}`).sort()).toEqual([
      'email high',
      'free_text high',
      'ine high',
      'name medium',
      'phone medium',
    ]);
    expect(found.find(({ kind }) => kind === 'email')?.share).toBe(0.25);
  });

  test('tells which share of its filled cells was recognised, rows counted', () => {
    const detector = createDetector('contact');
    detector.add('a@b.fr', 3);
    detector.add('inconnu', 1);
    detector.add('', 96);
    expect(detector.identifiers()).toEqual([
      { column: 'contact', kind: 'email', share: 0.75, confidence: 'high' },
    ]);
  });
});

test.each([
  ['date_naissance', ['birth_date']],
  ['DateNaissance', ['birth_date']],
  ['lieu_naissance', []],
  ['Prénom', ['name']],
  ['nom_etab', []],
  ['adresse_ip', ['ip']],
  ['Adresse', ['address']],
  ['adresse mail', ['email']],
  ['num_tel', ['phone']],
  ['nominal', []],
])('the column %s announces %j', (column, kinds) => {
  expect([...announcedBy(column)]).toEqual(kinds);
});

test.each([
  [['order_no', 'school', 'score'], false],
  [['2016', '2017', 'school', 'sex'], false],
  [['Marie', '2012-05-01', 'CP'], true],
  [['1', '12', '75'], true],
  [['marie@ecole.fr', 'a'], true],
  [['1234567890V', 'a'], true],
  [['competence1', 'competence2'], false],
])('a first line of %j is data: %s', (cells, isData) => {
  expect(looksLikeData(cells)).toBe(isData);
});
