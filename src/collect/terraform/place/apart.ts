import { type Fact } from '../../../inventory/fact.ts';
import { known, unsaid } from '../../code/fact.ts';
import { show } from '../configuration/lookup.ts';
import { textAt, type Values } from '../describe/values.ts';

/** What is run from a region and is not there. */
interface Apart {
  /** Of a zone, which no catalog has. */
  readonly code: string | null;
  readonly region: Fact;
  readonly step: string;
}

/** `eu-west-3a` is a zone of `eu-west-3`; local and wavelength zones have longer names, and are elsewhere. */
export function regionOfZone(zone: string | null | undefined): string | null {
  return /^([a-z]+(?:-[a-z]+)+-\d)[a-z]$/.exec(zone ?? '')?.[1] ?? null;
}

/** S3 on Outposts has buckets of its own type, which name the outpost. */
const OUTPOSTS = ['outpost_arn', 'outpost_id', 'preferred_outpost_arn'];

/**
 * A resource that its region does not place: in a local zone in another city or country, on the premises of a customer,
 * in a zone of another region than the one told. Null for what its region places.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-local-zones.html
 */
export function apartOf(provider: string | null, values: Values, region: string | null): Apart | null {
  if (provider === 'azure') return inEdgeZone(values);
  if (provider !== 'aws') return null;
  for (const attribute of OUTPOSTS) {
    const outpost = textAt(values, attribute);
    if (!outpost) continue;
    const step = `${attribute} = ${show(outpost)}`;
    return { code: region, region: unsaid('it is on an outpost, which stands where its owner put it'), step };
  }
  if (textAt(values, 'location.0.type') === 'LocalZone') {
    const name = textAt(values, 'location.0.name') ?? 'a local zone';
    return {
      code: region,
      region: unsaid(`it is in the local zone ${name}`),
      step: `location = ${show(name)}`,
    };
  }
  const zone = textAt(values, 'availability_zone');
  if (!zone) return null;
  const step = `availability_zone = ${show(zone)}`;
  const of = regionOfZone(zone);
  if (of === null) return { code: region, region: known(zone), step };
  return region === null || region.startsWith(of)
    ? null
    : { code: region, region: unsaid(`zone ${zone} is not in ${region}`), step };
}

/** https://learn.microsoft.com/azure/extended-zones/overview */
function inEdgeZone(values: Values): Apart | null {
  const zone = textAt(values, 'edge_zone');
  if (!zone) return null;
  const step = `edge_zone = ${show(zone)}`;
  return { code: null, region: unsaid(`it is in the extended zone ${zone}, not in its region`), step };
}
