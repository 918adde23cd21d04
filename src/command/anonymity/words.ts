import type { Change } from '../../anonymity/column/effect.ts';
import type { Identifier } from '../../anonymity/identifier/detect.ts';
import type { EmptyMode } from '../../anonymity/types.ts';
import type { ClaimResult } from '../../anonymity/verdict.ts';
import type { Language } from '../../result/result.ts';

interface Words {
  readonly entropy: string;
  readonly title: string;
  readonly rows: readonly [one: string, other: string];
  readonly of: string;
  readonly quasi: string;
  readonly sensitive: string;
  readonly numbers: string;
  readonly categories: string;
  readonly none: string;
  readonly empties: string;
  readonly worst: string;
  readonly asked: string;
  readonly notComputed: string;
  readonly measures: string;
  readonly classes: readonly [one: string, other: string];
  readonly unique: readonly [one: string, other: string];
  readonly below: readonly [one: string, other: string];
  readonly risk: string;
  readonly picture: string;
  readonly size: string;
  readonly breaks: string;
  readonly breaksNothing: string;
  readonly bounded: string;
  readonly effects: string;
  readonly enough: string;
  readonly suppress: readonly [one: string, other: string];
  readonly identifiers: string;
  readonly noIdentifier: string;
  readonly some: string;
  readonly pseudonyms: string;
  readonly verdict: string;
  readonly claim: string;
  readonly changes: { readonly [to in Change['to']]: string };
  readonly modes: { readonly [mode in EmptyMode]: string };
  readonly confidence: { readonly [word in Identifier['confidence']]: string };
  readonly kinds: { readonly [kind in Identifier['kind']]: string };
  readonly questions: {
    readonly singling_out: string;
    readonly linkability: string;
    readonly inference: string;
    readonly conclusion: string;
  };
  readonly holds: (claim: ClaimResult) => string;
}

const fr: Words = {
  entropy: 'par entropie',
  title: 'Mesure d’anonymat',
  rows: ['ligne', 'lignes'],
  of: 'sur',
  quasi: 'Quasi-identifiants',
  sensitive: 'Colonne sensible',
  numbers: 'nombres',
  categories: 'catégories',
  none: 'aucune',
  empties: 'Cases vides',
  worst: 'la pire',
  asked: 'demandée',
  notComputed: 'non calculé (borne de travail atteinte)',
  measures: 'Mesures',
  classes: ['groupe', 'groupes'],
  unique: ['ligne unique', 'lignes uniques'],
  below: ['ligne dans un groupe de moins de', 'lignes dans des groupes de moins de'],
  risk: 'risque du pire cas, risque moyen',
  picture: 'Lignes selon la taille de leur groupe',
  size: 'taille',
  breaks: 'Ce qui casse k (plus petits ensembles de colonnes qui rendent des lignes uniques)',
  breaksNothing: 'aucun ensemble d’au plus {n} colonnes ne rend une ligne unique',
  bounded: 'recherche bornée : tous les ensembles n’ont pas été essayés',
  effects: 'Ce que donnerait chaque changement',
  enough: 'Suffirait pour le seuil',
  suppress: ['ligne resterait sous le seuil', 'lignes resteraient sous le seuil'],
  identifiers: 'Identifiants reconnus',
  noIdentifier: 'aucun',
  some: 'une partie des valeurs seulement a été regardée dans',
  pseudonyms: 'Pseudonymes',
  verdict: 'Verdict (trois questions de l’avis WP29 05/2014)',
  claim: 'Affirmation',
  changes: {
    removed: 'sans {column}',
    month: '{column} → mois',
    year: '{column} → année',
    commune: '{column} → commune',
    departement: '{column} → département',
    school_departement: '{column} → département de l’école',
    band_5: '{column} → tranches de 5',
    band_10: '{column} → tranches de 10',
    band_100: '{column} → tranches de 100',
  },
  modes: {
    own_class: 'une valeur comme une autre',
    wildcard: 'compatibles avec tout',
    exclude: 'lignes écartées',
  },
  confidence: { high: 'forte', medium: 'moyenne', low: 'faible : à vérifier, le contrôle est faible' },
  kinds: {
    ine: 'INE',
    nir: 'NIR',
    uai: 'UAI (école)',
    siret: 'SIRET',
    siren: 'SIREN',
    name: 'nom',
    email: 'courriel',
    phone: 'téléphone',
    address: 'adresse',
    birth_date: 'date de naissance',
    ip: 'adresse IP',
    iban: 'IBAN',
    free_text: 'texte libre',
  },
  questions: {
    singling_out: 'Isoler une personne ?',
    linkability: 'Relier des données ?',
    inference: 'Déduire une information ?',
    conclusion: 'Conclusion :',
  },
  holds: ({ claim, holds }) => {
    const said = { anonymised: 'anonymisées', pseudonymised: 'pseudonymisées', aggregated: 'agrégées' }[
      claim
    ];
    return `« ${said} » : ${holds === true ? 'rien de mesuré ne la contredit' : holds === false ? 'contredite par la mesure' : 'ne peut être décidée avec ce qui est donné'}`;
  },
};

const en: Words = {
  entropy: 'by entropy',
  title: 'Measure of anonymity',
  rows: ['row', 'rows'],
  of: 'of',
  quasi: 'Quasi-identifiers',
  sensitive: 'Sensitive column',
  numbers: 'numbers',
  categories: 'categories',
  none: 'none',
  empties: 'Empty cells',
  worst: 'the worst',
  asked: 'asked',
  notComputed: 'not computed (bound of work reached)',
  measures: 'Measures',
  classes: ['group', 'groups'],
  unique: ['unique row', 'unique rows'],
  below: ['row in a group of fewer than', 'rows in groups of fewer than'],
  risk: 'worst-case risk, mean risk',
  picture: 'Rows by the size of their group',
  size: 'size',
  breaks: 'What breaks k (the smallest sets of columns that make rows unique)',
  breaksNothing: 'no set of at most {n} columns makes a row unique',
  bounded: 'bounded search: not every set was tried',
  effects: 'What each change would give',
  enough: 'Would be enough for the threshold',
  suppress: ['row would stay under the threshold', 'rows would stay under the threshold'],
  identifiers: 'Identifiers recognised',
  noIdentifier: 'none',
  some: 'only some of the values were looked at in',
  pseudonyms: 'Pseudonyms',
  verdict: 'Verdict (the three questions of WP29 opinion 05/2014)',
  claim: 'Claim',
  changes: {
    removed: 'without {column}',
    month: '{column} → month',
    year: '{column} → year',
    commune: '{column} → commune',
    departement: '{column} → département',
    school_departement: '{column} → the school’s département',
    band_5: '{column} → bands of 5',
    band_10: '{column} → bands of 10',
    band_100: '{column} → bands of 100',
  },
  modes: { own_class: 'a value like others', wildcard: 'match everything', exclude: 'rows left out' },
  confidence: { high: 'high', medium: 'medium', low: 'low: to be checked, the check is weak' },
  kinds: {
    ine: 'INE',
    nir: 'NIR',
    uai: 'UAI (school)',
    siret: 'SIRET',
    siren: 'SIREN',
    name: 'name',
    email: 'e-mail',
    phone: 'telephone',
    address: 'address',
    birth_date: 'date of birth',
    ip: 'IP address',
    iban: 'IBAN',
    free_text: 'free text',
  },
  questions: {
    singling_out: 'Single out a person?',
    linkability: 'Link records?',
    inference: 'Infer information?',
    conclusion: 'Conclusion:',
  },
  holds: ({ claim, holds }) =>
    `“${claim}”: ${holds === true ? 'nothing measured contradicts it' : holds === false ? 'contradicted by the measure' : 'cannot be decided with what is given'}`,
};

export const words: { readonly [language in Language]: Words } = { fr, en };

/** French sets a narrow space before high punctuation, and one that does not break before a colon. */
export function typeset(text: string, language: Language): string {
  return language === 'fr'
    ? text
        .replace(/ ([;!?»])/g, '\u202f$1')
        .replace(/« /g, '«\u00a0')
        .replace(/\u202f»/g, '\u00a0»')
        .replace(/ :/g, '\u00a0:')
    : text;
}

/** A name out of a file, harmless on a terminal. */
export function shown(name: string): string {
  return name.replace(/\p{C}/gu, '\ufffd');
}
