import type { Position } from '../error.ts';
import { matchesGlob } from '../inventory/glob.ts';
import { plain } from '../result/plain.ts';
import type { Finding, WaiverNote } from '../result/result.ts';

/** A failure that somebody accepted, as the config reader gives it. */
export interface Waiver {
  readonly rule: string;
  /** Exact id or glob. */
  readonly subject: string;
  readonly reason: string;
  readonly approved_by: string;
  readonly approved_on: string | null;
  /** As written. */
  readonly expires: string;
  /** The last day, included; null when what is written is no day. */
  readonly last_day: string | null;
  readonly link: string | null;
  readonly where: Position;
}

export interface Waived {
  readonly findings: readonly Finding[];
  readonly expired: readonly Waiver[];
  readonly unused: readonly Waiver[];
}

/** The day of expiry is included; a date that is no date has expired. */
export function isExpired({ last_day: lastDay }: Waiver, asOf: string): boolean {
  return lastDay === null || lastDay < asOf;
}

/** Marks the failures that somebody accepted. An expired waiver accepts nothing; one that matches nothing is told. */
export function waive(findings: readonly Finding[], waivers: readonly Waiver[], asOf: string): Waived {
  const used = new Set<Waiver>();
  const expired = waivers.filter((waiver) => isExpired(waiver, asOf));
  if (waivers.length === 0) return { findings, expired, unused: [] };
  const marked = findings.map((finding) => {
    if (finding.outcome !== 'fail') return finding;
    const fitting = waivers.filter(
      (waiver) => waiver.rule === finding.rule && matchesGlob(waiver.subject, finding.subject.id),
    );
    for (const waiver of fitting) used.add(waiver);
    const valid = fitting.find((waiver) => !expired.includes(waiver));
    return valid ? { ...plain(finding), waiver: noteOf(valid) } : finding;
  });
  return { findings: marked, expired, unused: waivers.filter((waiver) => !used.has(waiver)) };
}

function noteOf({ reason, approved_by, approved_on, expires, link }: Waiver): WaiverNote {
  return { reason, approved_by, approved_on, expires, link };
}
