import stringWidth from 'string-width';
import type { Effect } from '../../anonymity/column/effect.ts';
import type { PseudonymReport } from '../../anonymity/identifier/pseudonym.ts';
import type { Measurement } from '../../anonymity/report.ts';
import { percentIn } from '../../anonymity/sentence.ts';
import { type Bin, emptyModes, type Measures } from '../../anonymity/types.ts';
import type { ClaimResult } from '../../anonymity/verdict.ts';
import type { Language } from '../../result/result.ts';
import { shown, typeset, wordsIn } from './words.ts';

export interface TextOptions {
  readonly claim: ClaimResult | null;
  readonly explanation: { readonly [question: string]: string };
  readonly language: Language;
  readonly width: number | null;
}

/** The measurement as a person reads it: numbers, picture, what breaks it, what would mend it, verdict. */
export function measurementText(
  measurement: Measurement,
  { claim, explanation, language, width }: TextOptions,
): string {
  const say = wordsIn(language);
  const [n, c] = [numberOf(language), counted(language)];
  const head = (label: string): string => `${label}${language === 'fr' ? '\u00a0:' : ':'}`;
  const { files, rows, of, quasi, sensitive, numeric, modes, mode, worst, thresholds } = measurement;
  const measures = modes[mode];
  const lines = [
    `${head(say.title)} ${files.map(({ path }) => path).join(', ')}`,
    `${c(rows, say.rows)}${of === null ? '' : ` ${say.of} ${n(of)}`}`,
    `${head(say.quasi)} ${quasi.map(shown).join(', ') || say.none}`,
    `${head(say.sensitive)} ${sensitive.map((name) => `${shown(name)} (${numeric.includes(name) ? say.numbers : say.categories})`).join(', ') || say.none}`,
    ...(measures ? ['', head(say.measures), ...measureLines(measures, language)] : []),
    ...(measures
      ? [
          '',
          head(`${say.picture} (█ < ${thresholds.k})`),
          ...picture(measures.histogram, thresholds.k, language, width),
        ]
      : []),
    ...(worst === null || modes.own_class === modes.exclude
      ? []
      : ['', head(say.empties), ...modeLines(measurement, language)]),
    ...(measures
      ? [
          '',
          head(say.breaks),
          ...breakingLines(measurement, language),
          '',
          head(say.effects),
          ...effectLines(measurement, language),
        ]
      : []),
    '',
    head(say.identifiers),
    ...identifierLines(measurement, language),
    ...(measurement.pseudonyms.length > 0
      ? [
          '',
          head(say.pseudonyms),
          ...measurement.pseudonyms.map((one) => `  ${pseudonymLine(one, measurement.reused, language)}`),
        ]
      : []),
    '',
    head(say.verdict),
    ...(['singling_out', 'linkability', 'inference', 'conclusion'] as const).map(
      (question) => `  ${say.questions[question]} ${shown(explanation[question] ?? '')}`,
    ),
    ...(claim ? ['', `${head(say.claim)} ${say.holds(claim)}`] : []),
  ];
  return `${lines.flatMap((line) => folded(typeset(line, language), width)).join('\n')}\n`;
}

/** A line as wide as the terminal at most; what goes on stands further right. Files and pipes get it whole. */
function folded(line: string, width: number | null): readonly string[] {
  if (width === null || stringWidth(line) <= width || line.includes('│')) return [line];
  const indent = /^ */.exec(line)?.[0] ?? '';
  const whole = line.replace(/\b([klt]) ([=≥]) /g, '$1\u00a0$2\u00a0');
  const rows: string[] = [];
  let row = indent;
  for (const word of whole.trim().split(' ')) {
    const next = row.trim() === '' ? `${row}${word}` : `${row} ${word}`;
    if (stringWidth(next) <= width || row.trim() === '') row = next;
    else {
      rows.push(row);
      row = `${indent}    ${word}`;
    }
  }
  return [...rows, row];
}

function numberOf(language: Language, digits = 4): (value: number | null) => string {
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: digits });
  return (value) => (value === null ? '—' : format.format(value));
}

/** A number and what it counts, in the singular or the plural of the language. */
function counted(language: Language): (value: number, of: readonly [one: string, other: string]) => string {
  const n = numberOf(language);
  const rules = new Intl.PluralRules(language);
  return (value, [one, other]) => `${n(value)} ${rules.select(value) === 'one' ? one : other}`;
}

export function percentOf(language: Language, digits = 1): (value: number | null) => string {
  return (value) => (value === null ? '—' : percentIn(value, language, digits));
}

function measureLines(
  { classes, unique, k, l, t, alpha, beta, enhanced_beta, delta, risk, below }: Measures,
  language: Language,
): readonly string[] {
  const say = wordsIn(language);
  const [n, p, c] = [numberOf(language), percentOf(language), counted(language)];
  return [
    `  k = ${n(k)}   l = ${n(l.distinct)} (${say.entropy} ${n(l.entropy)})   t = ${n(t)}`,
    `  alpha = ${n(alpha)}   beta = ${n(beta)} (${language === 'fr' ? 'renforcé' : 'enhanced'} ${n(enhanced_beta)})   delta = ${n(delta)}`,
    `  ${c(classes, say.classes)}, ${c(unique, say.unique)}, ${c(below.rows, say.below)} ${below.threshold} (${p(below.share)})`,
    `  ${say.risk}${language === 'fr' ? ' :' : ':'} ${p(risk.prosecutor)}, ${p(risk.mean)}`,
  ];
}

/** One bar a size: its length is the share of rows, and a row that is there always shows. */
export function picture(
  bins: readonly Bin[],
  threshold: number,
  language: Language,
  width: number | null,
): readonly string[] {
  const [n, p] = [numberOf(language), percentOf(language)];
  const total = bins.reduce((sum, { rows }) => sum + rows, 0);
  const most = bins.reduce((max, { rows }) => Math.max(max, rows), 1);
  const room = Math.max(10, Math.min(50, (width ?? 80) - 34));
  const filled = bins.map(({ rows }) => rows > 0);
  // Sizes beyond the smallest and the largest group tell nothing.
  return bins.slice(filled.indexOf(true), filled.lastIndexOf(true) + 1).map(({ from, to, rows }) => {
    const size = to === null ? `${n(from)}+` : from === to ? n(from) : `${n(from)}–${n(to)}`;
    const bar = (from < threshold ? '█' : '▒').repeat(
      rows === 0 ? 0 : Math.max(1, Math.round((rows / most) * room)),
    );
    return `  ${size.padStart(10)} │${bar} ${rows === 0 ? '' : `${n(rows)} (${p(rows / total)})`}`.trimEnd();
  });
}

function modeLines({ modes, mode: asked, worst }: Measurement, language: Language): readonly string[] {
  const say = wordsIn(language);
  const n = numberOf(language);
  return emptyModes.map((mode) => {
    const of = modes[mode];
    const notes = [...(mode === asked ? [say.asked] : []), ...(mode === worst ? [say.worst] : [])].join(', ');
    const values = of
      ? `k = ${n(of.k)}, l = ${n(of.l.distinct)}, t = ${n(of.t)}, ${counted(language)(of.rows, say.rows)}`
      : say.notComputed;
    return `  ${mode} (${say.modes[mode]})${language === 'fr' ? ' :' : ':'} ${values}${notes ? ` — ${notes}` : ''}`;
  });
}

function breakingLines({ breaking }: Measurement, language: Language): readonly string[] {
  const say = wordsIn(language);
  const c = counted(language);
  return [
    ...breaking.sets
      .slice(0, 10)
      .map(({ columns, unique }) => `  ${columns.map(shown).join(' + ')} → ${c(unique, say.unique)}`),
    ...(breaking.sets.length === 0
      ? [`  ${say.breaksNothing.replace('{n}', String(breaking.largest))}`]
      : []),
    ...(breaking.sets.length > 10 ? [`  … +${breaking.sets.length - 10}`] : []),
    ...(breaking.complete ? [] : [`  (${say.bounded})`]),
  ];
}

function effectLines({ effects, thresholds }: Measurement, language: Language): readonly string[] {
  const say = wordsIn(language);
  const [n, c] = [numberOf(language), counted(language)];
  const changed = ({ changes }: Effect): string =>
    changes.map(({ column, to }) => say.changes[to].replace('{column}', () => shown(column))).join(' + ');
  return [
    ...effects.single.map(
      (effect) =>
        `  ${changed(effect)}${language === 'fr' ? ' :' : ':'} k = ${n(effect.k)}, ${c(effect.unique, say.unique)}, ${c(effect.below, say.suppress)}`,
    ),
    ...(effects.enough.length > 0
      ? [
          `  ${say.enough} (k ≥ ${thresholds.k})${language === 'fr' ? ' :' : ':'} ${effects.enough.map(changed).join(' | ')}`,
        ]
      : []),
    ...(effects.complete ? [] : [`  (${say.bounded})`]),
  ];
}

function identifierLines(
  { identifiers, sampledColumns }: Measurement,
  language: Language,
): readonly string[] {
  const say = wordsIn(language);
  const p = percentOf(language, 2);
  return [
    ...identifiers.map(
      ({ column, kind, share, confidence }) =>
        `  ${shown(column)}${language === 'fr' ? ' :' : ':'} ${say.kinds[kind]}, ${p(share)} (${say.confidence[confidence]})`,
    ),
    ...(identifiers.length === 0 ? [`  ${say.noIdentifier}`] : []),
    ...(sampledColumns.length > 0 ? [`  (${say.some} ${sampledColumns.map(shown).join(', ')})`] : []),
  ];
}

function pseudonymLine(
  { column, hash, sequential, date, digest }: PseudonymReport,
  reused: number | null,
  language: Language,
): string {
  const fr = language === 'fr';
  const found = [
    ...(hash
      ? [
          hash.by === 'copy'
            ? `${fr ? 'copie de' : 'copy of'} ${shown(hash.of)}`
            : `${hash.by}(${shown(hash.of)}${hash.salt === null ? '' : ` + ${shown(hash.salt)}`})`,
        ]
      : []),
    ...(sequential ? [fr ? 'numéros qui se suivent' : 'consecutive numbers'] : []),
    ...(date === null
      ? []
      : [
          date === 'itself'
            ? fr
              ? 'se lit comme une date'
              : 'reads as a date'
            : `${fr ? 'contient la date' : 'holds the date'} ${shown(date)}`,
        ]),
    ...(digest
      ? [
          fr
            ? 'a la forme d’une empreinte : dérivé de quelque chose qui n’est pas dans ce fichier ?'
            : 'has the form of a digest: derived from something that is not in this file?',
        ]
      : []),
    ...(reused !== null && reused > 0
      ? [fr ? `${reused} valeurs aussi dans l’autre fichier` : `${reused} values in the other file too`]
      : []),
  ];
  return `${shown(column)}${fr ? ' :' : ':'} ${found.join(' ; ') || (fr ? 'rien ne montre qu’il soit dérivé' : 'nothing shows that it is derived')}`;
}
