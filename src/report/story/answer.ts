import { type Basis, type Severity, severities } from '../../result/result.ts';
import { gateState } from '../describe.ts';
import type { Teller } from './teller.ts';
import type { Entry } from './told.ts';

export const bases: readonly Basis[] = ['law', 'doctrine', 'contract', 'demand'];

export interface MatrixRow {
  readonly severity: Severity;
  readonly label: string;
  readonly counts: readonly number[];
}

/** What was asked, and the answer in a few lines. */
export function tellAnswer(teller: Teller) {
  const { result, say, day, text, context, organisation } = teller;
  const { run, summary } = result;
  const titles = (context?.activities ?? []).map(({ title, id }) => text(title, id));
  const controllers = [
    ...new Set((context?.activities ?? []).flatMap(({ controller }) => controller ?? [])),
  ].map(organisation);
  const kind = gateState(summary.gate);
  return {
    title:
      titles.length === 0
        ? say('story.title_policy', { policy: run.policy.name })
        : titles.length > 3
          ? say('story.title_many', { count: titles.length })
          : teller.list(titles),
    kind: say('story.kind'),
    asOf: say('story.as_of', { day: day(run.as_of) }),
    question: say('story.question'),
    asked: askedOf(teller, controllers),
    verdict: {
      kind,
      label: say(`story.verdict.${kind}`),
      reason: teller.prose(summary.gate.reason),
    },
    answer: answerLines(teller),
    disclaimer: say('story.disclaimer'),
    matrix: matrixOf(teller),
  };
}

function askedOf(
  { result, say, word, day, prose, list }: Teller,
  controllers: readonly string[],
): readonly Entry[] {
  const { run } = result;
  const packs = run.packs.map(({ name, rules }) => say('report.pack', { name, rules }));
  return [
    ...(controllers.length > 0 ? [{ term: say('story.asked.controller'), text: list(controllers) }] : []),
    {
      term: say('story.asked.policy'),
      text: say('story.asked.policy_packs', { policy: run.policy.name, packs: packs.join(', ') }),
    },
    { term: say('story.asked.law'), text: say('story.asked.law_of', { day: day(run.as_of) }) },
    {
      term: say('story.asked.sources'),
      text:
        run.sources.length === 0
          ? say('report.no_source')
          : run.sources.map(({ kind, id }) => `${word('source', kind)} ${prose(id)}`).join(', '),
    },
    {
      term: say('story.asked.run'),
      text: say('story.asked.run_at', { day: day(run.started_at), version: result.tool.version }),
    },
  ];
}

function answerLines(teller: Teller): readonly string[] {
  const { result, say } = teller;
  const { outcomes } = result.summary;
  const judgements = outcomes.pass + outcomes.fail + outcomes.unknown + outcomes.error;
  const counts = dutyCounts(teller);
  return [
    say('story.answer.judgements', { assets: result.coverage.assets, judgements, ...outcomes }),
    ...(outcomes.fail > 0 ? [say('story.answer.duties', counts)] : []),
    ...placeLines(teller),
    ...handLines(teller),
    ...claimLines(teller),
    ...(outcomes.unknown > 0 ? [say('story.answer.unknown', { count: outcomes.unknown })] : []),
    ...(result.coverage.gaps.length > 0
      ? [say('story.answer.gaps', { count: result.coverage.gaps.length })]
      : []),
  ];
}

function placeLines({ context, say, list, place, country }: Teller): readonly string[] {
  if (!context || context.places.length === 0) return [];
  const known = context.places.filter(({ countries }) => countries.length > 0);
  const unknown = context.places.length - known.length;
  const named = [...new Set(known.map(place))];
  const inEea = new Map(context.countries.map(({ id, in_eea }) => [id, in_eea]));
  const inFrance = new Set(context.countries.filter(({ in_france }) => in_france).map(({ id }) => id));
  const codes = [...new Set(known.flatMap(({ countries }) => countries))];
  const outside = codes.filter((code) => inEea.get(code) === false);
  const unsaid = codes.filter((code) => inEea.get(code) === null || !inEea.has(code));
  const abroad = codes.some((code) => !inFrance.has(code));
  return [
    ...(named.length > 0
      ? [
          say(named.length > 8 ? 'story.answer.places_many' : 'story.answer.places', {
            count: named.length,
            places: list(named.slice(0, 8)),
          }),
        ]
      : []),
    ...(outside.length > 0
      ? [say('story.answer.outside_eea', { countries: list(outside.map(country)) })]
      : []),
    ...(outside.length === 0 && unsaid.length === 0 && unknown === 0 && abroad && codes.length > 0
      ? [say('story.answer.inside_eea')]
      : []),
    ...(unknown > 0 ? [say('story.answer.places_unknown', { count: unknown })] : []),
  ];
}

function handLines({ context, say, few, organisation }: Teller): readonly string[] {
  const chain = context?.organisations ?? [];
  const exposed = chain.filter(({ exposures }) =>
    exposures?.some(({ reach, status }) => reach === 'owner' && status === 'in_force'),
  );
  const ownerless = chain.filter(
    ({ owners, kind, role }) => owners === null && kind !== 'public_body' && role !== 'controller',
  );
  return [
    ...(exposed.length > 0
      ? [say('story.answer.exposed', { names: few(exposed.map(({ id }) => organisation(id))) })]
      : []),
    ...(ownerless.length > 0
      ? [say('story.answer.owner_unknown', { names: few(ownerless.map(({ id }) => organisation(id))) })]
      : []),
  ];
}

function claimLines({ context, say }: Teller): readonly string[] {
  const said = (context?.claims ?? []).flatMap(({ says }) => says);
  if (said.length === 0) return [];
  const count = (answer: boolean | null): number => said.filter(({ agrees }) => agrees === answer).length;
  return [
    say('story.answer.claims', {
      count: said.length,
      agree: count(true),
      differ: count(false),
      open: count(null),
    }),
  ];
}

function dutyCounts({ result }: Teller): { readonly [basis in Basis]: number } {
  const counts = { law: 0, doctrine: 0, contract: 0, demand: 0 };
  for (const { outcome, basis } of result.findings) if (outcome === 'fail') counts[basis] += 1;
  return counts;
}

/** How many findings of each kind of duty and severity, waived ones included. */
function matrixOf({ result, say }: Teller) {
  const cells = new Map<string, number>();
  for (const { outcome, basis, severity } of result.findings) {
    if (outcome === 'fail') cells.set(`${severity} ${basis}`, (cells.get(`${severity} ${basis}`) ?? 0) + 1);
  }
  const of = (severity: Severity, basis: Basis): number => cells.get(`${severity} ${basis}`) ?? 0;
  const shown = severities.filter((severity) => bases.some((basis) => of(severity, basis) > 0));
  return {
    caption: say('story.matrix.caption'),
    corner: say('label.severity'),
    columns: bases.map((basis) => ({ basis, label: say(`basis.${basis}`) })),
    rows: shown.map(
      (severity): MatrixRow => ({
        severity,
        label: say(`severity.${severity}`),
        counts: bases.map((basis) => of(severity, basis)),
      }),
    ),
    total: {
      label: say('story.matrix.total'),
      counts: bases.map((basis) => shown.reduce((sum, severity) => sum + of(severity, basis), 0)),
    },
    waived: result.summary.waived > 0 ? say('story.matrix.waived', { count: result.summary.waived }) : null,
  };
}
