import type { Catalog } from '../catalog/catalog.ts';
import type { Declaration } from './cel/function/declaration.ts';
import { MissingValue, PartialList, toUnknown, type Unknown } from './cel/value.ts';
import { afterOrSame, isoDays } from './day.ts';
import { adequacyRecord, adequate } from './domain/adequacy.ts';
import { contradicts } from './domain/claim.ts';
import { providerCanRead, qualified } from './domain/offer.ts';
import { missing } from './view/lift.ts';

type Record = { readonly [field: string]: unknown };

/** A function of Bercail's own, with what its reference page says of it. */
export interface DomainFunction extends Declaration {
  readonly signature: string;
  readonly description: string;
}

/** The functions that rules may call beside CEL's own. Few, pure, and all of them about the domain. */
export function domainFunctions(catalog: Catalog): readonly DomainFunction[] {
  const notKnown = (path: string): Unknown => toUnknown(missing('not_asked'), path);
  return [
    {
      signature: 'is_a(category, ancestor)',
      description: "Whether a category or a purpose is another, or below it in its tree: is_a(c, 'health').",
      name: 'is_a',
      params: ['string', 'string'],
      result: 'bool',
      call: ([category, ancestor]) => catalog.isA(String(category), String(ancestor)),
    },
    {
      signature: 'in_eea(country, day)',
      description:
        'Whether a country is in the EEA that day, or treated so (transition, bridge). Unknown for French territories outside the territory of the Union.',
      name: 'in_eea',
      params: ['string', 'day'],
      result: 'bool',
      call: ([country, day], path) => catalog.inEea(String(country), String(day)) ?? notKnown(path(0)),
    },
    {
      signature: 'in_france(country, day)',
      description: 'Whether a country code is a part of France that is territory of the Union that day.',
      name: 'in_france',
      params: ['string', 'day'],
      result: 'bool',
      call: ([country, day]) => catalog.inFrance(String(country), String(day)),
    },
    {
      signature: 'in_france(country)',
      description: 'The same, today’s France.',
      name: 'in_france',
      params: ['string'],
      result: 'bool',
      call: ([country]) => catalog.inFrance(String(country)),
    },
    {
      signature: 'adequate(country, recipient, day)',
      description:
        'Whether an adequacy decision in force that day covers the recipient. Where the decision asks for a certification, unknown unless the certifications of the recipient are known.',
      name: 'adequate',
      params: ['string', 'organisation', 'day'],
      result: 'bool',
      call: ([country, recipient, day], path) =>
        adequate(catalog, String(country), recipient as Record, String(day), path),
    },
    {
      signature: 'adequacy(country, day)',
      description: 'The adequacy decision about a country that day: for messages.',
      name: 'adequacy',
      params: ['string', 'day'],
      result: 'adequacy',
      call: ([country, day]) => adequacyRecord(catalog, String(country), String(day)),
    },
    {
      signature: 'qualified(offer, scheme, day)',
      description:
        'Whether the offer is qualified that day (secnumcloud, hds). A provider with no qualified offer that day is not, whatever the offer; else unknown while the offer is not.',
      name: 'qualified',
      params: ['offer', 'string', 'day'],
      result: 'bool',
      call: ([offer, scheme, day], path) =>
        qualified(catalog, offer as Record, String(scheme), String(day), path),
    },
    {
      signature: 'provider_can_read(encryption)',
      description:
        'Whether the host holds what it needs to decrypt: not when clients encrypt or keys are outside the provider; unknown when the key manager is.',
      name: 'provider_can_read',
      params: ['encryption'],
      result: 'bool',
      call: ([encryption], path) => providerCanRead(encryption as Record, path),
    },
    {
      signature: 'exposures(organisation)',
      description: 'The disclosure laws from outside the Union that reach it on the audit’s day.',
      name: 'exposures',
      params: ['organisation'],
      result: 'list<exposure>',
      call: ([organisation]) => (organisation as Record)['exposures'],
    },
    {
      signature: 'duration(period)',
      description: "The days of an ISO 8601 duration: duration('P1Y').",
      name: 'duration',
      params: ['string'],
      result: 'double',
      call: ([iso]) => isoDays(String(iso)),
    },
    {
      signature: 'contradicts(a, b)',
      description: 'Whether two claims about the same thing cannot both hold.',
      name: 'contradicts',
      params: ['claim', 'claim'],
      result: 'bool',
      call: ([a, b], path) => contradicts(catalog, a as Record, b as Record, path),
    },
    {
      signature: 'not_after(a, b)',
      description:
        'Whether the day a is b or earlier. Unknown where a day known to the month or the year only does not tell.',
      name: 'not_after',
      params: ['day', 'day'],
      result: 'bool',
      call: ([a, b], path) => afterOrSame(String(b), String(a)) ?? notKnown(path(0)),
    },
    {
      signature: 'before(a, b)',
      description:
        'Whether the day a is earlier than b. Unknown where a day known to the month or the year only does not tell.',
      name: 'before',
      params: ['day', 'day'],
      result: 'bool',
      call: ([a, b], path) => {
        const after = afterOrSame(String(a), String(b));
        return after === null ? notKnown(path(0)) : !after;
      },
    },
    {
      // The one function that reads silence as « no »: for a remedy that counts only where somebody stated it.
      signature: 'stated(record, field)',
      description:
        'Whether the field is known to be true; false when nobody said. For a remedy that counts only where somebody stated it: never for what makes a rule pass by silence.',
      name: 'stated',
      params: ['dyn', 'string'],
      result: 'bool',
      call: ([record, field]) => record !== null && (record as Record)[String(field)] === true,
    },
    {
      signature: 'which(record, wanted)',
      description:
        'The names of the fields that are known to be so: which(contract.clauses, false). Incomplete where a field is not known.',
      name: 'which',
      params: ['dyn', 'bool'],
      result: 'list<string>',
      call: ([record, wanted]) => which(record as Record, wanted === true),
    },
  ];
}

function which(record: Record, wanted: boolean): unknown {
  const names = Object.keys(record);
  const found = names.filter((name) => record[name] === wanted);
  const lack = names.map((name) => record[name]).find((value) => value instanceof MissingValue);
  return lack instanceof MissingValue ? new PartialList(found, lack) : found;
}
