import { type Basis, severities } from '../../result/result.ts';
import { actionsOf } from '../action.ts';
import {
  type Block,
  blank,
  controllers,
  type Dossier,
  facts,
  heading,
  method,
  paragraph,
  questions,
  signature,
  type Writer,
} from './model.ts';

const kinds: readonly Basis[] = ['law', 'doctrine', 'contract', 'demand'];

/** A union's letter to the minister: what was found by kind of duty, what to mend, what to make known. */
export function minister(writer: Writer): Dossier {
  const { say, failures, prose } = writer;
  const title = say('dossier.minister.title');
  const fixes = new Map(failures.flatMap(({ rule, fix }) => (fix === null ? [] : [[rule, fix] as const])));
  return {
    title,
    blocks: [
      { kind: 'note', text: say('dossier.draft') },
      blank(say('dossier.blank.union')),
      blank(say('dossier.minister.to')),
      { kind: 'title', text: title },
      paragraph(say('dossier.minister.opening')),
      paragraph(say('dossier.minister.intro', { count: failures.length })),
      ...kinds.flatMap((kind): Block[] => {
        const own = failures.filter(({ basis }) => basis === kind);
        return own.length === 0
          ? []
          : [
              { kind: 'sub_heading', text: say(`dossier.kind.${kind}`, { count: own.length }) },
              ...facts(writer, own),
            ];
      }),
      heading(say('dossier.minister.mend')),
      ...(fixes.size === 0
        ? [paragraph(say('dossier.no_fact'))]
        : [{ kind: 'list', items: [...fixes].map(([rule, fix]) => prose(`${fix} (${rule})`)) } as const]),
      heading(say('dossier.not_established')),
      paragraph(say('dossier.minister.ask')),
      ...questions(writer),
      heading(say('dossier.examined')),
      ...method(writer),
      paragraph(say('dossier.minister.closing')),
      ...signature(writer),
    ],
  };
}

/** A request to the controller for what is not known: each question is one that a rule waits for. */
export function access(writer: Writer): Dossier {
  const { say, code, prose, result, rule } = writer;
  const title = say('dossier.access.title');
  const limit = 200;
  const asked = result.unknowns.slice(0, limit);
  return {
    title,
    blocks: [
      { kind: 'note', text: say('dossier.draft') },
      blank(say('dossier.blank.author')),
      paragraph(say('dossier.access.to', { controllers: controllers(writer) })),
      { kind: 'title', text: title },
      blank(say('dossier.access.basis')),
      paragraph(say('dossier.access.intro', { count: result.unknowns.length })),
      ...(asked.length === 0 ? [paragraph(say('dossier.no_question'))] : []),
      ...asked.map(
        (group): Block => ({
          kind: 'fact',
          text: say('dossier.access.question', {
            subject: code(group.subject.label),
            facts: group.missing.map(code).join(', '),
          }),
          rests: [
            ...actionsOf(group.how).map(prose),
            say('dossier.access.why', {
              rules: group.rules.map((id) => [id, rule(id)].filter(Boolean).join(' ')).join(' ; '),
            }),
          ],
        }),
      ),
      ...(result.unknowns.length > limit
        ? [paragraph(say('dossier.more_questions', { count: result.unknowns.length - limit }))]
        : []),
      paragraph(say('dossier.access.delay')),
      ...signature(writer),
    ],
  };
}

/** One page in plain words. What does not fit is counted. */
export function parents(writer: Writer): Dossier {
  const { say, failures, result, context, list, country, day, prose } = writer;
  const title = say('dossier.parents.title');
  const places = [
    ...new Set(
      (context?.places ?? [])
        .filter(({ subjects }) => subjects.includes('pupil'))
        .flatMap(({ countries }) => countries),
    ),
  ].map(country);
  const open = (context?.places ?? []).some(
    ({ subjects, countries, complete }) =>
      subjects.includes('pupil') && (countries.length === 0 || !complete),
  );
  const titles = [
    ...new Map(
      [...failures]
        .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
        .map((one) => [one.rule, one]),
    ).values(),
  ];
  const shown = titles.slice(0, 6);
  return {
    title,
    blocks: [
      { kind: 'title', text: title },
      paragraph(
        say('dossier.parents.what', { day: day(result.run.as_of), controllers: controllers(writer) }),
      ),
      heading(say('dossier.parents.where')),
      paragraph(
        places.length === 0
          ? say('dossier.parents.where_unknown')
          : say(open ? 'dossier.parents.where_part' : 'dossier.parents.where_text', { places: list(places) }),
      ),
      heading(say('dossier.parents.found')),
      paragraph(say('dossier.parents.count', { findings: failures.length, rules: titles.length })),
      {
        kind: 'list',
        items: shown.map((one) =>
          say('dossier.parents.item', {
            title: prose(one.title),
            basis: say(`basis.${one.basis}`),
            contested: one.contested ? 'yes' : 'no',
            rule: one.rule,
          }),
        ),
      },
      ...(titles.length > shown.length
        ? [paragraph(say('dossier.parents.more', { count: titles.length - shown.length }))]
        : []),
      heading(say('dossier.parents.unknown')),
      paragraph(say('dossier.parents.unknown_text', { count: result.unknowns.length })),
      heading(say('dossier.parents.not')),
      paragraph(say('dossier.parents.not_text')),
      blank(say('dossier.blank.contact')),
    ],
  };
}
