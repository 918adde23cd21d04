import type { PhysicalLocation, Location as SarifLocation } from 'sarif';
import type { Finding, Result, Subject } from '../../../result/result.ts';
import { fallbackLocation, type Location, locationsOf, uriOf } from '../../location.ts';
import type { Messages } from '../../message.ts';
import { visible } from '../../visible.ts';

/** GitHub shows 100 locations a result; more only make the file heavy. */
const RELATED = 99;

export interface Placed {
  readonly locations: SarifLocation[];
  readonly relatedLocations?: SarifLocation[];
  /** What stands in no place of this file, in words. */
  readonly note: string | null;
}

/** Places a subject: where it is declared, else in the first file that was read, since GitHub refuses what is nowhere. */
export type Place = (subject: Subject, finding: Pick<Finding, 'evidence' | 'path'> | null) => Placed;

export function createPlacer(result: Result, messages: Messages): Place {
  const fallback = fallbackLocation(result);
  return (subject, finding) => {
    const known = finding === null ? [] : locationsOf(finding);
    const first = known[0] ?? fallback;
    const name = visible(subject.id);
    const location: SarifLocation = {
      ...(first === null ? {} : { physicalLocation: physical(first) }),
      logicalLocations: [{ fullyQualifiedName: name, kind: subject.type }],
    };
    const related = known
      .slice(1, 1 + RELATED)
      .map((one, id): SarifLocation => ({ id: id + 1, physicalLocation: physical(one) }));
    const left = known.length - 1 - related.length;
    return {
      locations: [location],
      ...(related.length > 0 ? { relatedLocations: related } : {}),
      note: left > 0 ? messages('sarif.locations', { left }) : null,
    };
  };
}

export function physical({ file, line, column }: Location): PhysicalLocation {
  const { uri, isRelative } = uriOf(file);
  return {
    artifactLocation: { uri, ...(isRelative ? { uriBaseId: '%SRCROOT%' } : {}) },
    ...(line === null
      ? {}
      : { region: { startLine: line, ...(column === null ? {} : { startColumn: column }) } }),
  };
}
