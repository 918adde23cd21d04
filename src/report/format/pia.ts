import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { BercailError } from '../../error.ts';
import type { ActivityNote } from '../../result/context.ts';
import type { Finding } from '../../result/result.ts';
import type { Reporter } from '../reporter.ts';
import { type ToldActivity, tellActivity } from '../story/activity/activity.ts';
import { bearsOn } from '../story/activity/reach.ts';
import { createTeller, type Teller } from '../story/teller.ts';
import { writeJson } from '../visible.ts';

interface Questions {
  readonly others: number;
  readonly questions: { readonly [question: string]: readonly string[] };
}

/**
 * The JSON that the CNIL's PIA software imports (github.com/LINCnil/pia, `src/assets/files/2018-02-21-pia-example.json`):
 * answers to its questions on context, principles and existing measures, from what is declared and observed. Risks,
 * gauges, evaluations and opinions are left to those who assess: nothing here says that a risk is acceptable.
 */
export const render: Reporter = (result, { language, messages, template, part = '1' }) => {
  if (!template) throw new BercailError('internal', { message: 'the PIA needs its table of questions' });
  const teller = createTeller(result, language, messages);
  const activities = teller.context?.activities ?? [];
  const activity = activities[Number(part) - 1] ?? noActivity(teller);
  const told = tellActivity(teller, activity);
  const at = result.run.finished_at;
  return writeJson({
    pia: {
      dbVersion: 201707071818,
      tableName: 'pia',
      id: 1,
      // « doing »: an assessment that people have to make.
      status: 0,
      name: told.title,
      category: '',
      author_name: '',
      evaluator_name: '',
      validator_name: '',
      dpos_names: '',
      people_names: '',
      dpo_opinion: '',
      concerned_people_opinion: '',
      rejection_reason: '',
      applied_adjustments: '',
      created_at: at,
      updated_at: at,
    },
    answers: answersOf(teller, told).map(([reference, lines], index) => ({
      id: index + 1,
      pia_id: 1,
      reference_to: reference,
      data: { text: html(lines), gauge: null, list: [] },
      created_at: at,
      updated_at: at,
    })),
    measures: measuresOf(told).map(({ title, lines }, index) => ({
      id: index + 1,
      pia_id: 1,
      title,
      content: html(lines),
      placeholder: '',
      created_at: at,
      updated_at: at,
    })),
    evaluations: [],
    comments: commentsOf(teller, activity, JSON.parse(template('pia.json')) as Questions).map(
      ([reference, description], index) => ({
        id: index + 1,
        pia_id: 1,
        reference_to: reference,
        for_measure: false,
        description,
        created_at: at,
        updated_at: at,
      }),
    ),
  });
};

function noActivity({ result }: Teller): ActivityNote {
  return { id: result.run.policy.name, title: {}, controller: null, datasets: [] };
}

type Answer = readonly [question: number, lines: readonly string[]];

function answersOf(teller: Teller, told: ToldActivity): readonly Answer[] {
  const { say } = teller;
  const line = (key: string, text: string): string => say('pia.line', { term: say(`pia.${key}`), text });
  const listed = (items: readonly string[]): readonly string[] =>
    items.length === 0 ? [say('declared.silent')] : items;
  const prefilled = say('pia.prefilled', { day: teller.day(teller.result.run.as_of) });
  return [
    [111, [told.title, line('started', told.started), line('purposes', told.purposes), prefilled]],
    [
      112,
      [
        line('controller', told.controller),
        line('officer', told.officer),
        line('joint', told.joint),
        ...told.processors.map(({ name, role, engagedBy }) =>
          say('pia.processor', { name, role, by: engagedBy }),
        ),
      ],
    ],
    [113, [line('legal_text', told.legalText), line('dpia', told.dpia)]],
    [
      121,
      [
        ...listed(
          told.data.map(({ title, categories, people, population, identifiability, secrecy }) =>
            say('pia.data', {
              title,
              categories: categories.join(', '),
              people: people.join(', '),
              population,
              identifiability,
              secrecy,
            }),
          ),
        ),
        line('recipients', listed(told.recipients).join(', ')),
        line('retention', told.retention),
      ],
    ],
    [122, listed(told.flows)],
    [
      123,
      listed(
        told.stores.map(({ title, kind, place, operator }) =>
          say('pia.store', { title, kind, place, operator }),
        ),
      ),
    ],
    [211, [told.purposes]],
    [212, [told.legalBasis, line('legal_text', told.legalText), ...told.special]],
    [213, [say('pia.to_judge')]],
    [214, [say('pia.to_judge')]],
    [
      215,
      [
        line('retention', told.retention),
        ...told.stores.map(({ title, retention }) => say('pia.line', { term: title, text: retention })),
      ],
    ],
    [
      221,
      [
        line('notice', told.notice),
        line('notice_url', told.noticeUrl),
        line('notice_recipients', told.noticeRecipients),
      ],
    ],
    [222, [told.consent]],
    [223, [told.access]],
    [224, [told.rectification]],
    [225, [told.objection]],
    [
      226,
      listed(
        told.processors.map(({ name, signed, clauses, authorised }) =>
          say('pia.contract', { name, signed, clauses, authorised }),
        ),
      ),
    ],
    [
      227,
      [
        ...(told.outside.length === 0 ? [say('pia.outside_none')] : told.outside),
        ...(told.placesUnknown ? [say('sheet.kept_unknown')] : []),
        ...told.processors.map(({ name, transfer }) => say('pia.transfer', { name, tool: transfer })),
      ],
    ],
  ];
}

/** Measures by kind, with what each store declares. */
function measuresOf(
  told: ToldActivity,
): readonly { readonly title: string; readonly lines: readonly string[] }[] {
  const measures = new Map<string, string[]>();
  for (const { title: store, measures: own } of told.stores)
    for (const { title, text } of own) {
      const known = measures.get(title);
      if (known) known.push(`${store}\u00a0: ${text}`);
      else measures.set(title, [`${store}\u00a0: ${text}`]);
    }
  return [...measures].map(([title, lines]) => ({ title, lines }));
}

const shown = 20;

/** What was found, beside the question that it bears on. */
function commentsOf(
  teller: Teller,
  activity: ActivityNote,
  { questions, others }: Questions,
): readonly Comment[] {
  const { result, say, prose } = teller;
  const isOurs = bearsOn(teller.context, activity);
  const found = new Map<number, Finding[]>();
  const questionOf = new Map(
    Object.entries(questions).flatMap(([question, rules]) =>
      rules.map((rule) => [rule, Number(question)] as const),
    ),
  );
  for (const finding of result.findings) {
    if (finding.outcome !== 'fail' || !isOurs(finding.subject)) continue;
    const question = questionOf.get(finding.rule) ?? others;
    const known = found.get(question);
    if (known) known.push(finding);
    else found.set(question, [finding]);
  }
  return [...found]
    .sort(([a], [b]) => a - b)
    .flatMap(([question, findings]) => [
      ...findings.slice(0, shown).map(
        ({ rule, message, subject, basis }): Comment => [
          question,
          say('pia.finding', {
            rule,
            subject: prose(subject.label),
            message: prose(message),
            basis: say(`basis.${basis}`),
          }),
        ],
      ),
      ...(findings.length > shown
        ? [[question, say('story.left.rows', { count: findings.length - shown })] as Comment]
        : []),
    ]);
}

type Comment = readonly [question: number, description: string];

/** The software shows answers as HTML: what is text stays text. */
function html(lines: readonly string[]): string {
  return lines.map((line) => renderToString(h('p', {}, line))).join('\n');
}
