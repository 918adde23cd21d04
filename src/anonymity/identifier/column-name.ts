import type { IdentifierKind } from './shape.ts';

/** Words of a column name after which names are those of schools, places or things. */
const elsewhere =
  /\b(etab|etablissement|ecole|school|college|lycee|rue|street|adresse|address|commune|ville|city|file|fichier|user|class|classe|produit|product|table|champ|test|exercice|matiere|subject|academie|departement|region|pays|country)\b/;

/** Words of a column name that announce a kind, whatever is between them: `date_naissance`, `DateNaissance`. */
const announced: readonly { readonly kind: IdentifierKind; readonly words: RegExp; readonly not?: RegExp }[] =
  [
    {
      kind: 'ine',
      words: /\b(ine|bea|nne|identifiant national|numero national|national (student|pupil) (id|number))\b/,
    },
    { kind: 'nir', words: /\b(nir|nia|insee nir|securite sociale|num(ero)? secu|social security)\b/ },
    { kind: 'uai', words: /\b(uai|rne|code etab(lissement)?|school code)\b/ },
    { kind: 'siret', words: /\bsiret\b/ },
    { kind: 'siren', words: /\bsiren\b/ },
    { kind: 'email', words: /\b((e ?)?mail|courriel|mel|adresse electronique)\b/ },
    { kind: 'phone', words: /\b(tel|telephone|phone|portable|mobile|gsm)\b/ },
    {
      kind: 'address',
      words: /\b(adresse|address|rue|street|voie|domicile)\b/,
      not: /\b(ip|mail|electronique|mac)\b/,
    },
    {
      kind: 'birth_date',
      words: /\b(naissance|naiss|birth|birthday|dob|ddn|ne le)\b/,
      not: /\b(lieu|commune|pays|departement|place|country|ville)\b/,
    },
    { kind: 'ip', words: /\b(ip|adresse ip)\b/ },
    { kind: 'iban', words: /\b(iban|rib)\b/ },
    {
      kind: 'name',
      words:
        /\b(nom|noms|prenom|prenoms|patronyme|name|surname|first ?name|last ?name|family ?name|given ?name|full ?name)\b/,
      not: elsewhere,
    },
    {
      kind: 'free_text',
      words:
        /\b(commentaire|commentaires|comment|comments|observation|observations|remarque|remarques|appreciation|appreciations|texte|notes? libres?|message|free text)\b/,
    },
  ];

/** Kinds of identifier that the name of a column announces. */
export function announcedBy(column: string): ReadonlySet<IdentifierKind> {
  const name = wordsOf(column);
  return new Set(
    announced.filter(({ words, not }) => words.test(name) && !not?.test(name)).map(({ kind }) => kind),
  );
}

/** Whether names in the column are those of schools or places, which are called after persons. */
export function announcesOthers(column: string): boolean {
  return elsewhere.test(wordsOf(column));
}

function wordsOf(column: string): string {
  return column
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
