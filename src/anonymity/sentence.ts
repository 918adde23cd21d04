import type { Reason } from './verdict.ts';

type Language = 'fr' | 'en';
type Fill = (values: Reason['values'], say: Sayer) => string;

/** Numbers as the language writes them. */
interface Sayer {
  readonly n: (name: string) => string;
  readonly percent: (name: string) => string;
  readonly text: (name: string) => string;
}

/** The sentence that explains each answer. No cell of the data is in any of them: counts and names of columns only. */
const sentences: { readonly [key: string]: { readonly [language in Language]: Fill } } = {
  'singling_out.identifiers': {
    fr: (_, { text }) => `Oui : des identifiants directs ont été reconnus (colonnes ${text('columns')}).`,
    en: (_, { text }) => `Yes: direct identifiers were recognised (columns ${text('columns')}).`,
  },
  'singling_out.unique': {
    fr: ({ unique }, { n, percent }) =>
      `Oui : ${n('unique')} ${Number(unique) < 2 ? 'ligne' : 'lignes'} sur ${n('rows')} (${percent('share')}) ${Number(unique) < 2 ? 'est seule de son groupe' : 'sont seules de leur groupe'} (k = 1).`,
    en: ({ unique }, { n, percent }) =>
      `Yes: ${n('unique')} ${unique === 1 ? 'row' : 'rows'} of ${n('rows')} (${percent('share')}) ${unique === 1 ? 'is alone in its group' : 'are alone in their group'} (k = 1).`,
  },
  'singling_out.small': {
    fr: (_, { n }) =>
      `Oui : ${n('rows')} lignes sont dans des groupes de moins de ${n('threshold')} (k = ${n('k')}) ; qui connaît un des autres membres isole le reste. Le seuil est un choix de politique.`,
    en: (_, { n }) =>
      `Yes: ${n('rows')} rows are in groups of fewer than ${n('threshold')} (k = ${n('k')}); whoever knows another member isolates the rest. The threshold is a choice of policy.`,
  },
  'singling_out.weak': {
    fr: (_, { text }) =>
      `À vérifier : des valeurs ressemblent à des identifiants, sans preuve (colonnes ${text('columns')}).`,
    en: (_, { text }) =>
      `To be checked: values look like identifiers, without proof (columns ${text('columns')}).`,
  },
  'singling_out.unjudged': {
    fr: (_, { n, text }) =>
      `Non décidé : k = ${n('k')} sur les colonnes dites quasi-identifiantes, mais d’autres varient et personne ne leur a donné de rôle : ${text('columns')}.`,
    en: (_, { n, text }) =>
      `Not decided: k = ${n('k')} over the columns called quasi-identifiers, but others vary and nobody gave them a role: ${text('columns')}.`,
  },
  'singling_out.partial': {
    fr: (_, { n }) => `Non décidé : k = ${n('k')} n’est mesuré que sur une partie des lignes.`,
    en: (_, { n }) => `Not decided: k = ${n('k')} was measured over some of the rows only.`,
  },
  'singling_out.safe': {
    fr: (_, { n }) =>
      `Non, d’après ces colonnes : chaque ligne ressemble à au moins ${n('k')} lignes (seuil ${n('threshold')}).`,
    en: (_, { n }) =>
      `No, by these columns: each row is like at least ${n('k')} rows (threshold ${n('threshold')}).`,
  },
  'singling_out.not_measured': {
    fr: () => 'Non décidé : aucun quasi-identifiant n’a été mesuré.',
    en: () => 'Not decided: no quasi-identifier was measured.',
  },
  'singling_out.cells': {
    fr: (_, { n }) =>
      `Oui : ${n('small')} petites cases, ${n('recovered')} cases masquées retrouvées par soustraction, ${n('differences')} petites différences entre tableaux.`,
    en: (_, { n }) =>
      `Yes: ${n('small')} small cells, ${n('recovered')} suppressed cells recovered by subtraction, ${n('differences')} small differences between tables.`,
  },
  'singling_out.no_cells': {
    fr: () => 'Non, d’après ce tableau : aucune petite case, ni lisible ni retrouvée par soustraction.',
    en: () => 'No, by this table: no small cell, neither readable nor recovered by subtraction.',
  },
  'linkability.identifiers': {
    fr: (_, { text }) =>
      `Oui : un identifiant direct relie ces lignes à tout autre fichier qui le porte (colonnes ${text('columns')}).`,
    en: (_, { text }) =>
      `Yes: a direct identifier links these rows to any other file that holds it (columns ${text('columns')}).`,
  },
  'linkability.reused': {
    fr: (_, { n }) => `Oui : ${n('count')} pseudonymes se retrouvent dans l’autre fichier.`,
    en: (_, { n }) => `Yes: ${n('count')} pseudonyms are found in the other file too.`,
  },
  'linkability.pseudonym': {
    fr: (_, { text }) =>
      `Oui : chaque personne garde une valeur à elle (${text('columns')}), qui relie ses lignes entre elles et à la table de qui la détient.`,
    en: (_, { text }) =>
      `Yes: each person keeps a value of their own (${text('columns')}), which links their rows together and to the table of whoever holds it.`,
  },
  'linkability.small': {
    fr: (_, { n }) =>
      `Oui : avec k = ${n('k')} (seuil ${n('threshold')}), un autre fichier qui porte ces colonnes désigne la ligne.`,
    en: (_, { n }) =>
      `Yes: with k = ${n('k')} (threshold ${n('threshold')}), another file with these columns points to the row.`,
  },
  'linkability.unjudged': {
    fr: (_, { text }) => `Non décidé : des colonnes sans rôle pourraient relier : ${text('columns')}.`,
    en: (_, { text }) => `Not decided: columns without a role might link: ${text('columns')}.`,
  },
  'linkability.safe': {
    fr: (_, { n }) =>
      `Non, d’après ces colonnes : ni identifiant ni pseudonyme, et toute liaison laisse au moins ${n('k')} candidats.`,
    en: (_, { n }) =>
      `No, by these columns: neither identifier nor pseudonym, and any link leaves at least ${n('k')} candidates.`,
  },
  'linkability.not_measured': {
    fr: () => 'Non décidé : aucun quasi-identifiant n’a été mesuré.',
    en: () => 'Not decided: no quasi-identifier was measured.',
  },
  'inference.certain': {
    fr: () =>
      'Oui : dans au moins un groupe tous partagent la même valeur sensible ; savoir qu’une personne en est, c’est savoir la sienne (l = 1).',
    en: () =>
      'Yes: in at least one group all share one sensitive value; knowing that somebody is in it is knowing theirs (l = 1).',
  },
  'inference.few': {
    fr: (_, { n }) => `Oui : un groupe n’a que ${n('l')} valeurs sensibles (seuil ${n('threshold')}).`,
    en: (_, { n }) => `Yes: a group has only ${n('l')} sensitive values (threshold ${n('threshold')}).`,
  },
  'inference.safe': {
    fr: (_, { n, percent }) =>
      `Non au seuil choisi : au moins ${n('l')} valeurs par groupe ; la plus fréquente pèse au plus ${percent('alpha')}, et t = ${n('t')} : plus t est grand, plus un groupe en dit.`,
    en: (_, { n, percent }) =>
      `No at the threshold chosen: at least ${n('l')} values in each group; the most frequent weighs at most ${percent('alpha')}, and t = ${n('t')}: the larger t, the more a group tells.`,
  },
  'inference.not_measured': {
    fr: () => 'Non décidé : aucune colonne sensible n’a été mesurée.',
    en: () => 'Not decided: no sensitive column was measured.',
  },
  'conclusion.identified': {
    fr: (_, { text }) =>
      `Ces données nomment des personnes (colonnes ${text('columns')}) : ni anonymes ni pseudonymisées.`,
    en: (_, { text }) =>
      `This data names persons (columns ${text('columns')}): neither anonymous nor pseudonymised.`,
  },
  'conclusion.key_held': {
    fr: (_, { text }) =>
      `Pseudonymisées, quel que soit k : la clé est conservée par ${text('holders')} (RGPD, art. 4(5), considérant 26).`,
    en: (_, { text }) =>
      `Pseudonymised, whatever k is: the key is kept by ${text('holders')} (GDPR, art. 4(5), recital 26).`,
  },
  'conclusion.pseudonymised': {
    fr: () =>
      'Au plus pseudonymisées : au moins une des trois questions a pour réponse oui. Pour un autre destinataire, tout dépend des moyens raisonnablement susceptibles d’être utilisés (CJUE, C-413/23 P).',
    en: () =>
      'Pseudonymised at most: at least one of the three questions is answered yes. For another recipient all depends on the means reasonably likely to be used (CJEU, C-413/23 P).',
  },
  'conclusion.undecided': {
    fr: () => 'Non décidé : il manque de quoi répondre à une des trois questions.',
    en: () => 'Not decided: something is missing to answer one of the three questions.',
  },
  'conclusion.anonymised': {
    fr: () =>
      'Rien de mesuré ne contredit l’anonymat, pour ces colonnes et ces seuils, et tant que nul ne garde de clé ni de table.',
    en: () =>
      'Nothing measured contradicts anonymity, for these columns and thresholds, and as long as nobody keeps a key or a table.',
  },
  'conclusion.aggregated': {
    fr: () => 'Agrégées : aucune petite case à ce seuil.',
    en: () => 'Aggregated: no small cell at this threshold.',
  },
  'conclusion.small_cells': {
    fr: () => 'Agrégat qui laisse reconnaître de petits groupes.',
    en: () => 'An aggregate that lets small groups be recognised.',
  },
};

/** The explanation of an answer in the reader's language. */
export function sentenceOf({ key, values }: Reason, language: Language): string {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
  const say: Sayer = {
    n: (name) => number.format(Number(values[name] ?? 0)),
    percent: (name) => percentIn(Number(values[name] ?? 0), language),
    text: (name) => String(values[name] ?? ''),
  };
  const sentence = sentences[key]?.[language](values, say) ?? key;
  // French sets a narrow space before high punctuation, and a plain one that does not break before a colon.
  return language === 'fr' ? sentence.replace(/ ([;!?])/g, '\u202f$1').replace(/ :/g, '\u00a0:') : sentence;
}

/** A share with one decimal; what is there and rounds to nothing is said to be less than the least shown. */
export function percentIn(share: number, language: Language, digits = 1): string {
  const format = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits });
  const least = 10 ** -(digits + 2);
  return share > 0 && share < least / 2 ? `< ${format.format(least)}` : format.format(share);
}
