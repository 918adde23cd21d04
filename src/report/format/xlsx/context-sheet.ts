import type { ActivityNote, OrganisationNote, PlaceNote } from '../../../result/context.ts';
import { exposuresText, ownersText } from '../../story/chain.ts';
import type { Teller } from '../../story/teller.ts';
import { columns, oneLine } from './finding-sheet.ts';
import type { Cell, Sheet } from './workbook.ts';

/**
 * The register of article 30, as far as the result tells: what it does not say (purposes, time limits, security) is
 * marked for whoever keeps the register, never guessed.
 */
export function registerSheet(teller: Teller): Sheet {
  const { say, context } = teller;
  return {
    name: say('sheet.register'),
    columns: columns(say, [
      ['activity', 34],
      ['controller', 28],
      ['purposes', 24],
      ['people', 24],
      ['population', 12],
      ['categories', 40],
      ['recipients', 40],
      ['kept_in', 40],
      ['outside', 34],
      ['retention', 24],
      ['security', 24],
    ]),
    rows: (context?.activities ?? []).map((activity) => registerRow(teller, activity)),
  };
}

function registerRow(teller: Teller, activity: ActivityNote): Cell[] {
  const { say, context, text, organisation, country } = teller;
  const own = new Set(activity.datasets);
  const datasets = (context?.datasets ?? []).filter(({ id }) => own.has(id));
  const labels = new Map(context?.categories?.map(({ id, label }) => [id, label]));
  const touches = (ids: readonly string[]): boolean =>
    ids.some((id) => own.has(id.split('/')[0] ?? id) || own.has(id));
  const places = (context?.places ?? []).filter(({ datasets: held }) => touches(held));
  const stores = (context?.stores ?? []).filter(({ datasets: held }) => touches(held));
  const flows = (context?.flows ?? []).filter(({ datasets: sent }) => touches(sent));
  const recipients = new Set(
    [
      ...stores.flatMap(({ operator, run_by }) => [operator, run_by]),
      ...flows.map(({ recipient }) => recipient),
    ].filter((id) => id !== null),
  );
  const outside = new Set(
    places.flatMap(({ countries }) => countries).filter((code) => outsideEea(teller, code) !== false),
  );
  const blank = say('sheet.to_fill');
  return [
    text(activity.title, activity.id),
    activity.controller === null ? blank : organisation(activity.controller),
    blank,
    joined(datasets.flatMap(({ subjects }) => subjects.map((one) => say(`sheet.people.${one}`)))),
    datasets.some(({ population }) => population === null) || datasets.length === 0
      ? blank
      : Math.max(...datasets.map(({ population }) => population ?? 0)),
    joined(datasets.flatMap(({ categories }) => categories.map((id) => text(labels.get(id) ?? {}, id)))),
    joined([...recipients].map(organisation)),
    joined(places.map((place) => teller.place(place))),
    outside.size === 0
      ? say('sheet.none_known')
      : joined([...outside].map((code) => `${country(code)}: ${adequacyText(teller, code)}`)),
    blank,
    blank,
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
      ['assets', 12],
      ['source', 44],
      ['id', 30],
    ]),
    rows: (context?.organisations ?? []).map((note) => chainRow(teller, note)),
  };
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

function adequacyText({ say, context }: Teller, code: string): string {
  return say(`sheet.adequacy.${context?.countries.find(({ id }) => id === code)?.adequacy ?? 'unknown'}`);
}

function joined(items: readonly string[]): string {
  return [...new Set(items.map(oneLine))].join('\n');
}
