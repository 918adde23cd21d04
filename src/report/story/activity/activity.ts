import { type Json, jsonText } from '../../../inventory/fact.ts';
import type { ActivityNote, DatasetNote, OrganisationNote, StoreNote } from '../../../result/context.ts';
import { declarationsOf, declaredText, durationText, isOutsideOf } from '../declared.ts';
import type { Teller } from '../teller.ts';
import { reachOf } from './reach.ts';

export type ToldActivity = ReturnType<typeof tellActivity>;

/**
 * What registers and impact assessments ask of a processing activity, as manifests declare it and sources show it. Every
 * text says whether it is declared, « none », asked without answer, or for somebody to complete.
 */
export function tellActivity(teller: Teller, activity: ActivityNote) {
  const { say, context, text, organisation, country, word } = teller;
  const read = declarationsOf(context);
  const own = read('activity', activity.id);
  const controller = read('organisation', activity.controller ?? '');
  const reach = reachOf(context, activity);
  const datasets = (context?.datasets ?? []).filter(({ id }) => activity.datasets.includes(id));
  const purposes = new Map(context?.purposes?.map(({ id, label }) => [id, label]));
  const people = new Set(datasets.flatMap(({ subjects }) => subjects));
  const outside = new Set(
    reach.places.flatMap(({ countries }) => countries).filter((code) => isOutsideOf(context, code)),
  );
  return {
    id: activity.id,
    title: text(activity.title, activity.id),
    controller: activity.controller === null ? say('declared.silent') : organisation(activity.controller),
    address: declaredText(teller, controller('address')),
    officer: declaredText(teller, controller('dpo.contact')),
    joint: declaredText(teller, own('joint_controllers'), (ids) => items(ids).map(organisation).join(', ')),
    started: declaredText(teller, own('started')),
    purposes: declaredText(teller, own('purposes'), (ids) =>
      items(ids)
        .map((id) => text(purposes.get(id) ?? {}, id))
        .join(', '),
    ),
    legalBasis: declaredText(teller, own('legal_basis'), (id) => word('legal_basis', jsonText(id))),
    legalText: declaredText(teller, own('legal_text')),
    people: [...people].map((one) => say(`sheet.people.${one}`)),
    population: datasets.map(({ population }) => population),
    data: datasets.map((dataset) => toldDataset(teller, dataset)),
    special: datasets.flatMap((dataset) => specialOf(teller, dataset)),
    processors: reach.organisations.flatMap((note) => tellProcessor(teller, note)),
    recipients: reach.recipients.map(organisation),
    places: reach.places.map(teller.place),
    outside: [...outside].map((code) =>
      say('activity.outside', { country: country(code), adequacy: adequacyText(teller, code) }),
    ),
    placesUnknown: reach.places.some(({ countries, complete }) => countries.length === 0 || !complete),
    stores: reach.stores.map((store) => toldStore(teller, store)),
    flows: reach.flows.map(({ from, to, datasets: sent, kind }) =>
      say('story.flows.alt', {
        kind: say(`story.flow.${kind}`),
        from: endOf(teller, from),
        to: endOf(teller, to),
        carries: teller.list(sent.map(teller.dataset)),
      }),
    ),
    retention: declaredText(teller, own('retention.period'), (value) => durationText(teller, value)),
    notice: declaredText(teller, own('notice.guardians')),
    noticeUrl: declaredText(teller, own('notice.url')),
    noticeRecipients: declaredText(teller, own('notice.lists_recipients')),
    consent: declaredText(teller, own('consent'), () => say('declared.yes')),
    access: declaredText(teller, own('rights.access')),
    rectification: declaredText(teller, own('rights.rectification')),
    objection: declaredText(teller, own('objection_route')),
    dpia: declaredText(teller, own('dpia.dated')),
    register: declaredText(teller, own('in_register')),
  };
}

function items(value: Json): readonly string[] {
  return Array.isArray(value) ? value.map((one) => jsonText(one as Json)) : [jsonText(value)];
}

function toldDataset(teller: Teller, { id, categories, subjects, population, title }: DatasetNote) {
  const { say, text, context, word, number } = teller;
  const read = declarationsOf(context)('dataset', id);
  const labels = new Map(context?.categories.map((one) => [one.id, one.label]));
  return {
    title: text(title, id),
    categories: categories.map((one) => text(labels.get(one) ?? {}, one)),
    people: subjects.map((one) => say(`sheet.people.${one}`)),
    population: population === null ? say('declared.silent') : number(population),
    identifiability: declaredText(teller, read('identifiability'), (value) =>
      word('story.identifiability', jsonText(value)),
    ),
    secrecy: declaredText(teller, read('secrecy'), (value) => word('secrecy', jsonText(value))),
  };
}

/** Special categories are those that the manifest gives an exception for, or says that there is none. */
function specialOf(teller: Teller, { id, title }: DatasetNote): readonly string[] {
  const read = declarationsOf(teller.context)('dataset', id);
  return (['art9_exception', 'nir_text'] as const).flatMap((field) => {
    const declaration = read(field);
    return declaration.state === 'silent' || declaration.state === 'none'
      ? []
      : [
          teller.say(`activity.${field}`, {
            data: teller.text(title, id),
            text: declaredText(teller, declaration),
          }),
        ];
  });
}

const clauses = [
  'instructions',
  'confidentiality',
  'security',
  'sub_processing',
  'rights_assistance',
  'compliance_assistance',
  'return_or_deletion',
  'audit',
];

export function tellProcessor(teller: Teller, { id, role, engaged_by: by }: OrganisationNote) {
  if (role === 'controller' || role === 'joint_controller') return [];
  const { say, organisation, word } = teller;
  const read = declarationsOf(teller.context)('organisation', id);
  const known = clauses.map((clause) => read(`contract.clauses.${clause}`));
  const count = (state: string): number => known.filter((one) => one.state === state).length;
  return [
    {
      id,
      name: organisation(id),
      role: role === null ? say('story.role.undeclared') : word('story.role', role),
      engagedBy: by === null ? say('story.unknown_one') : organisation(by),
      signed: declaredText(teller, read('contract.signed')),
      clauses: say('activity.clauses', {
        there: count('said'),
        missing: count('none'),
        unknown: count('asked') + count('silent'),
      }),
      transfer: declaredText(teller, read('transfer.tool'), (tool) => word('transfer_tool', jsonText(tool))),
      authorised: declaredText(teller, read('authorised')),
    },
  ];
}

/** What is declared of a store's protection; several observed ones of one declaration share it. */
function toldStore(teller: Teller, store: StoreNote) {
  const { say, context, word } = teller;
  const read = declarationsOf(context)('asset', store.id);
  const place = context?.places[store.place];
  const measures = (
    ['encryption.at_rest', 'encryption.in_transit', 'encryption.client_side', 'access_log'] as const
  ).map((field) => ({ field, title: say(`measure.${field}`), text: declaredText(teller, read(field)) }));
  return {
    title: titleOf(teller, store),
    kind: word('kind', store.kind),
    place: place ? teller.place(place) : say('place.unknown'),
    operator: store.operator === null ? say('story.unknown_one') : teller.organisation(store.operator),
    measures: [
      ...measures,
      {
        field: 'encryption.key_manager',
        title: say('measure.encryption.key_manager'),
        text: declaredText(teller, read('encryption.key_manager'), (value) =>
          word('story.key_manager', jsonText(value)),
        ),
      },
      {
        field: 'provider_access',
        title: say('measure.provider_access'),
        text: declaredText(teller, read('provider_access'), (value) =>
          word('provider_access', jsonText(value)),
        ),
      },
    ],
    retention: declaredText(teller, read('retention'), (value) => durationText(teller, value)),
  };
}

function endOf(teller: Teller, id: string): string {
  const { say, context, code } = teller;
  if (['schools', 'families', 'internet'].includes(id)) return say(`story.end.${id}`);
  const store = context?.stores.find((one) => one.id === id);
  return store ? titleOf(teller, store) : code(id);
}

/** Stores that share a title are told apart by their names. */
function titleOf({ context, text, code }: Teller, store: StoreNote): string {
  const title = text(store.title, store.label);
  const isShared = context?.stores.some((one) => one !== store && text(one.title, one.label) === title);
  return isShared ? `${title} (${code(store.label.replace(/^.*[/:]/, ''))})` : title;
}

export function adequacyText({ say, context }: Teller, code: string): string {
  return say(`sheet.adequacy.${context?.countries.find(({ id }) => id === code)?.adequacy ?? 'unknown'}`);
}
