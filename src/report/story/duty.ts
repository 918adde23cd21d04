import type { Basis, Finding } from '../../result/result.ts';
import { evidenceTexts, pathText, placesOf, waiverText } from '../describe.ts';
import type { Messages } from '../message.ts';
import { clip } from '../visible.ts';
import { bases } from './answer.ts';
import type { Teller } from './teller.ts';
import type { Citation, DutyGroup, Limits, Occurrence, RuleGroup, Statement } from './told.ts';

const longest = 10_000;

/** Findings by kind of duty, then severity, then rule: law first, demands last, never mixed. */
export function tellDuties(teller: Teller, messages: Messages, limits: Limits): readonly DutyGroup[] {
  const { say, result } = teller;
  const groups = groupByRule(result.findings.filter(({ outcome }) => outcome === 'fail'));
  const told = rulesTeller(teller, messages, limits);
  return bases.flatMap((basis): readonly DutyGroup[] => {
    const own = groups.filter(([first]) => first.basis === basis);
    const count = own.reduce((sum, group) => sum + group.length, 0);
    if (count === 0) return [];
    return [
      {
        basis,
        label: say(`story.duty.${basis}`),
        meaning: say(`story.duty.${basis}.meaning`),
        count,
        countLabel: say('count.findings', { count }),
        rules: own.map(told),
      },
    ];
  });
}

/** How many findings stand here of how many there are; null when all do. */
export function tellShown({ say }: Teller, duties: readonly DutyGroup[]): string | null {
  const total = duties.reduce((sum, { count }) => sum + count, 0);
  const shown = duties
    .flatMap(({ rules }) => rules)
    .flatMap(({ statements }) => statements)
    .reduce((sum, { occurrences }) => sum + occurrences.length, 0);
  return shown < total ? say('story.findings.shown', { shown, total }) : null;
}

/** Rules that broke: no verdict, but a reader must know. */
export function tellErrors(teller: Teller, messages: Messages, limits: Limits): readonly RuleGroup[] {
  return groupByRule(teller.result.findings.filter(({ outcome }) => outcome === 'error')).map(
    rulesTeller(teller, messages, limits),
  );
}

type Group = readonly [Finding, ...Finding[]];

/** In the order of the result, which is by severity. */
function groupByRule(findings: readonly Finding[]): readonly Group[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const { rule, severity, basis, mark, contested } = finding;
    const key = [severity, rule, basis, mark, contested].join('\0');
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
}

function rulesTeller(teller: Teller, messages: Messages, limits: Limits): (group: Group) => RuleGroup {
  const places = placesOf(teller.result);
  const { say, prose, code } = teller;
  const long = (text: string): string => clip(text, longest, (count) => say('more.characters', { count }));
  const occurrence = (finding: Finding): Occurrence => ({
    id: code(finding.id),
    subject: long(code(finding.subject.label)),
    subjectType: say(`subject.${finding.subject.type}`),
    place: finding.place ? `${teller.place(finding.place)}${hostOf(finding, code)}` : null,
    path: finding.path.length > 1 ? long(prose(pathText(finding, places, messages))) : null,
    evidence: evidenceTexts(finding).map(code),
    waiver: finding.waiver ? prose(waiverText(finding.waiver, messages)) : null,
  });
  const message = ({ outcome, subject, message: said }: Finding): string =>
    long(
      prose(
        outcome === 'error' ? messages('error.statement', { subject: subject.label, message: said }) : said,
      ),
    );
  const statements = (shown: readonly Finding[]): readonly Statement[] => {
    const said = new Map<string, Occurrence[]>();
    for (const finding of shown) {
      const known = said.get(message(finding));
      if (known) known.push(occurrence(finding));
      else said.set(message(finding), [occurrence(finding)]);
    }
    return [...said].map(([text, occurrences]) => ({ message: text, occurrences }));
  };
  return (group) => {
    const [first] = group;
    const shown = group.slice(0, limits.occurrences);
    return {
      key: code(
        `${first.rule}-${first.severity}-${first.basis}${first.outcome === 'error' ? '-error' : ''}`
          .toLowerCase()
          .replace(/[^\w-]+/g, '-'),
      ),
      rule: code(first.rule),
      title: prose(first.title),
      severity: first.severity,
      severityLabel: say(`severity.${first.severity}`),
      basis: first.basis,
      basisLabel: say(`basis.${first.basis}`),
      contested: first.contested ? say('basis.contested') : null,
      mark: first.mark,
      markLabel: first.mark === 'verified' ? null : say(`mark.${first.mark}`),
      why: first.why === null ? null : long(prose(first.why)),
      fix: first.fix === null ? null : long(prose(first.fix)),
      law: citations(teller, group),
      count: group.length,
      statements: statements(shown),
      left:
        group.length > shown.length
          ? say('story.left.occurrences', { count: group.length - shown.length, total: group.length })
          : null,
    };
  };
}

function hostOf({ place }: Finding, code: (text: string) => string): string {
  const host = [place?.provider, place?.region]
    .filter((part) => part !== null && part !== undefined)
    .map(code)
    .join(' ');
  return host === '' ? '' : ` · ${host}`;
}

/** The texts that the shown findings cite, each once. */
function citations({ say, prose }: Teller, group: Group): readonly Citation[] {
  const found = new Map<string, Citation>();
  for (const { law } of group.slice(0, 50)) {
    for (const { id, label, url, basis, mark } of law) {
      if (found.has(id)) continue;
      found.set(id, {
        label: prose(label),
        url: safeUrl(url),
        basis,
        basisLabel: say(`basis.${basis}`),
        mark,
        markLabel: say(`mark.${mark}`),
      });
    }
  }
  return [...found.values()].sort((a, b) => rank(a.basis) - rank(b.basis));
}

function rank(basis: Basis): number {
  return bases.indexOf(basis);
}

/** A link only where it can be nothing but a page. */
export function safeUrl(url: string | null): string | null {
  return url !== null && /^https?:\/\/[^\s"'<>\\]+$/.test(url) ? url : null;
}
