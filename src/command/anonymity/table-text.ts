import type { Screening } from '../../anonymity/screen.ts';
import type { ClaimResult } from '../../anonymity/verdict.ts';
import type { TableMeasurement } from '../../collect/sample/table.ts';
import type { Language } from '../../result/result.ts';
import { percentOf } from './text.ts';
import { shown, typeset, wordsIn } from './words.ts';

/** A published table as a person reads it. */
export function tableText(
  table: TableMeasurement,
  claim: ClaimResult | null,
  explanation: { readonly [question: string]: string },
  language: Language,
): string {
  const say = wordsIn(language);
  const { files, dimensions, count, threshold, cells, suppressed, small_cells, recovered, differencing } =
    table;
  const fr = language === 'fr';
  const lines = [
    `${fr ? 'Tableau d’effectifs' : 'Table of counts'}${fr ? ' :' : ':'} ${files.map(({ path }) => path).join(', ')}`,
    `${shown(count)} ${fr ? 'par' : 'by'} ${dimensions.map(shown).join(', ')}`,
    fr
      ? `${cells} cases, ${suppressed} masquées ; ${small_cells} de 1 à ${threshold - 1} personnes ; ${recovered} masquées que les totaux rendent`
      : `${cells} cells, ${suppressed} suppressed; ${small_cells} of 1 to ${threshold - 1} people; ${recovered} suppressed ones that the totals give back`,
    ...(files.length > 1
      ? [
          differencing === null
            ? fr
              ? 'Les deux tableaux n’ont pas de dimension commune.'
              : 'The two tables share no dimension.'
            : fr
              ? `Entre les deux tableaux : ${differencing.small_differences} petites différences, ${differencing.recovered} cases masquées retrouvées`
              : `Between the two tables: ${differencing.small_differences} small differences, ${differencing.recovered} suppressed cells recovered`,
        ]
      : []),
    '',
    ...(['singling_out', 'conclusion'] as const).map(
      (question) => `  ${say.questions[question]} ${explanation[question] ?? ''}`,
    ),
    ...(claim ? ['', `${say.claim}${fr ? ' :' : ':'} ${say.holds(claim)}`] : []),
  ];
  return `${lines.map((line) => typeset(line, language)).join('\n')}\n`;
}

/** What a manifest alone lets one expect. */
export function screeningText(
  { population, combinations, unique_share, not_stated }: Screening,
  language: Language,
): string {
  const [p, n] = [percentOf(language), new Intl.NumberFormat(language)];
  const more = not_stated.map(shown).join(', ');
  const text =
    language === 'fr'
      ? `Sans données, d’après le manifeste : ${n.format(population)} personnes, ${n.format(combinations)} combinaisons au moins ; part attendue de personnes uniques : ${p(unique_share)} (répartition uniforme).${more ? ` Davantage avec ${more}, dont le nombre de valeurs n’est pas dit.` : ''}`
      : `Without data, by the manifest: ${n.format(population)} persons, at least ${n.format(combinations)} combinations; expected share of unique persons: ${p(unique_share)} (spread evenly).${more ? ` More with ${more}, whose number of values is not stated.` : ''}`;
  return `${typeset(text, language)}\n`;
}
