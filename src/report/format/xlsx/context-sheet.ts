import type { OrganisationNote, PlaceNote } from '../../../result/context.ts';
import {
  adequacyText,
  type ToldActivity,
  tellActivity,
  tellProcessor,
} from '../../story/activity/activity.ts';
import { exposuresText, ownersText } from '../../story/chain.ts';
import type { Teller } from '../../story/teller.ts';
import { columns, oneLine } from './finding-sheet.ts';
import type { Cell, Sheet } from './workbook.ts';

/**
 * The register of article 30, in the sections of the CNIL's template, as manifests declare it and sources show it: what
 * neither says is marked for whoever keeps the register, never guessed.
 */
export function registerSheet(teller: Teller): Sheet {
  const { say, context } = teller;
  return {
    name: say('sheet.register'),
    columns: columns(say, [
      ['activity', 34],
      ['started', 14],
      ['controller', 28],
      ['contact', 28],
      ['officer', 28],
      ['joint', 28],
      ['purposes', 30],
      ['legal_basis', 34],
      ['people', 24],
      ['population', 12],
      ['categories', 44],
      ['special', 34],
      ['retention', 34],
      ['recipients', 40],
      ['processors', 44],
      ['kept_in', 40],
      ['outside', 34],
      ['safeguards', 40],
      ['security', 50],
    ]),
    rows: (context?.activities ?? []).map((activity) => registerRow(teller, tellActivity(teller, activity))),
  };
}

function registerRow({ say }: Teller, told: ToldActivity): Cell[] {
  const blank = say('declared.silent');
  const known = told.population.filter((count) => count !== null);
  const line = (term: string, text: string): string => say('pia.line', { term, text });
  return [
    told.title,
    told.started,
    told.controller,
    told.address,
    told.officer,
    told.joint,
    told.purposes,
    joined([told.legalBasis, line(say('pia.legal_text'), told.legalText)]),
    joined(told.people),
    // The same persons stand in several datasets: the largest says how many at least.
    known.length < told.population.length || known.length === 0 ? blank : Math.max(...known),
    joined(told.data.map(({ title, categories }) => line(title, categories.join(', ')))),
    told.special.length === 0 ? say('sheet.none_known') : joined(told.special),
    joined([told.retention, ...told.stores.map(({ title, retention }) => line(title, retention))]),
    joined(told.recipients),
    joined(
      told.processors.map(({ name, role, engagedBy }) => say('pia.processor', { name, role, by: engagedBy })),
    ),
    joined(told.places),
    told.outside.length === 0 && !told.placesUnknown
      ? say('sheet.none_known')
      : joined([...told.outside, ...(told.placesUnknown ? [say('sheet.kept_unknown')] : [])]),
    joined(told.processors.map(({ name, transfer }) => line(name, transfer))),
    joined(
      told.stores.flatMap(({ title, measures }) =>
        measures.map((measure) => line(`${title}, ${measure.title}`, measure.text)),
      ),
    ),
  ];
}

/** From the controller to the last sub-processor: article 28 of the GDPR, opinion 22/2024 of the EDPB. */
export function chainSheet(teller: Teller): Sheet {
  const { say, context } = teller;
  return {
    name: say('sheet.chain'),
    columns: columns(say, [
      ['organisation', 34],
      ['role', 24],
      ['engaged_by', 30],
      ['declared', 14],
      ['seat', 18],
      ['owners', 44],
      ['exposures', 44],
      ['signed', 20],
      ['clauses', 44],
      ['authorised', 24],
      ['tool', 24],
      ['assets', 12],
      ['source', 44],
      ['id', 30],
    ]),
    rows: (context?.organisations ?? []).map((note) => chainRow(teller, note)),
  };
}

/** What article 28 asks of a processor; nothing for a controller. */
function processorOf(teller: Teller, note: OrganisationNote): Cell[] | null {
  const [told] = tellProcessor(teller, note);
  return told ? [told.signed, told.clauses, told.authorised, told.transfer] : null;
}

function chainRow(teller: Teller, note: OrganisationNote): Cell[] {
  const { say, organisation, country, prose } = teller;
  const unknown = say('story.unknown_one');
  return [
    organisation(note.id),
    say(
      note.role === null
        ? note.declared
          ? 'story.role.unknown'
          : 'story.role.undeclared'
        : `story.role.${note.role}`,
    ),
    note.engaged_by === null ? (note.role === 'controller' ? null : unknown) : organisation(note.engaged_by),
    say(note.declared ? 'sheet.yes' : 'sheet.no'),
    note.seat === null ? unknown : country(note.seat),
    ownersText(teller, note),
    exposuresText(teller, note),
    ...(processorOf(teller, note) ?? [null, null, null, null]),
    note.assets,
    note.source && prose(note.source),
    note.id,
  ];
}

/**
 * Everything outside the European Economic Area: where data is kept or processed, and where organisations are
 * established, which by itself is no transfer. What has no known country is listed too.
 */
export function transferSheet(teller: Teller): Sheet {
  const { say, context } = teller;
  return {
    name: say('sheet.outside'),
    columns: columns(say, [
      ['what', 44],
      ['who', 40],
      ['country', 24],
      ['adequacy', 34],
      ['decision', 34],
      ['data', 50],
      ['assets', 12],
    ]),
    rows: [
      ...(context?.places ?? []).flatMap((place) => placeRows(teller, place)),
      ...(context?.organisations ?? []).flatMap((note) => {
        const codes = new Set(
          [note.seat, ...(note.owners ?? []).map(({ country }) => country)].filter((code) => code !== null),
        );
        return [...codes]
          .filter((code) => outsideEea(teller, code) === true)
          .map((code): Cell[] => [
            say(code === note.seat ? 'sheet.seat_outside' : 'sheet.owner_outside'),
            teller.organisation(note.id),
            ...countryCells(teller, code),
            null,
            note.assets,
          ]);
      }),
    ],
  };
}

function placeRows(teller: Teller, place: PlaceNote): Cell[][] {
  const { say, organisation, dataset } = teller;
  const who = joined(place.operators.map(organisation));
  const data = joined(place.datasets.map(dataset));
  const rows = place.countries
    .filter((code) => outsideEea(teller, code) !== false)
    .map((code): Cell[] => [
      `${say('sheet.kept_outside')}: ${teller.place(place)}`,
      who,
      ...countryCells(teller, code),
      data,
      place.assets,
    ]);
  const open = place.countries.length === 0 || !place.complete;
  return open
    ? [
        ...rows,
        [
          `${say('sheet.kept_unknown')}: ${teller.place(place)}`,
          who,
          say('story.unknown_one'),
          null,
          null,
          data,
          place.assets,
        ],
      ]
    : rows;
}

function countryCells(teller: Teller, code: string): Cell[] {
  const note = teller.context?.countries.find(({ id }) => id === code);
  return [
    teller.country(code),
    adequacyText(teller, code),
    note?.decision ? teller.prose(note.decision) : null,
  ];
}

/** Null where the catalog does not say: a country that is not known to be inside is listed. */
function outsideEea({ context }: Teller, code: string): boolean | null {
  const found = context?.countries.find(({ id }) => id === code)?.in_eea ?? null;
  return found === null ? null : !found;
}

function joined(items: readonly string[]): string {
  return [...new Set(items.map(oneLine))].join('\n');
}
