import type { Finding, Outcome, Result } from '../../../result/result.ts';
import { byRule } from './finding.ts';
import { fold, type Page } from './page.ts';

const SUBJECTS = 3;
const PLACES = 3;
const CALLS = 12;
const WARNINGS = 10;

/** What was judged, by what, on which day. */
export function writeHeader(page: Page, { tool, run }: Result): void {
  const { messages, name } = page;
  const { policy, packs, sources, catalog } = run;
  page.line([
    { text: `Bercail ${name(tool.version)}`, style: 'bold' },
    ` · ${messages('report.title', { day: name(run.as_of) })}`,
  ]);
  page.blank();
  page.field(messages('report.policy'), [name(policy.name)], 2);
  page.field(
    messages('report.packs'),
    [packs.map((pack) => messages('report.pack', { name: name(pack.name), rules: pack.rules })).join(', ')],
    2,
  );
  const kinds = [...new Set(sources.map(({ kind }) => kind))];
  const bySource = kinds.map(
    (kind) =>
      `${name(kind)} ${fold(
        sources.filter((source) => source.kind === kind).map(({ id }) => name(placesOf(id, page))),
        6,
        page,
      )}`,
  );
  if (bySource.length === 0) page.field(messages('report.sources'), [messages('report.no_source')], 2);
  for (const [index, source] of bySource.entries())
    page.field(index === 0 ? messages('report.sources') : '', [source], 2);
  page.field(
    messages('report.catalog'),
    [messages('report.catalog_checked', { day: name(catalog.checked_on) })],
    2,
  );
  page.blank();
}

/** Accounts and regions by number, where a source was read in more of them than a reader would go through. */
function placesOf(id: string, { messages }: Page): string {
  const places = id.split(', ').map((place) => /^aws ([^/]+)\/(.+)$/.exec(place));
  if (places.length <= PLACES || places.includes(null)) return id;
  const count = (group: number): number => new Set(places.map((place) => place?.[group])).size;
  return messages('report.places', { accounts: count(1), regions: count(2) });
}

/** With `--all`: what passed and what does not apply, a line a rule. */
export function writePassed(page: Page, { findings }: Result): void {
  const sections: readonly (readonly [Outcome, string, string])[] = [
    ['pass', 'section.passed', '✓ '],
    ['not_applicable', 'section.not_applicable', '· '],
  ];
  for (const [outcome, title, glyph] of sections) {
    const group = findings.filter((finding) => finding.outcome === outcome);
    if (group.length === 0) continue;
    page.heading(
      page.messages(title),
      page.messages('count.subjects', { count: group.length }),
      outcome === 'pass' ? 'good' : 'dim',
    );
    const rules = [...byRule(group)].sort(([a], [b]) => ((a?.rule ?? '') < (b?.rule ?? '') ? -1 : 1));
    for (const rule of rules) {
      const [first] = rule as [Finding];
      page.item(
        [
          { text: glyph, style: outcome === 'pass' ? 'good' : 'dim' },
          { text: page.name(first.rule), style: 'bold' },
          '  ',
        ],
        [page.say(first.title)],
      );
      page.line(
        [
          {
            text: fold(
              rule.map(({ subject }) => page.name(subject.id)),
              SUBJECTS,
              page,
            ),
            style: 'dim',
          },
        ],
        4,
      );
    }
    page.blank();
  }
}

/** Calls that failed, those of one kind together, with the permission that would allow them. */
export function writeGaps(page: Page, { coverage: { gaps } }: Result): void {
  if (gaps.length === 0) return;
  const { messages, name } = page;
  const kinds = new Map<string, (typeof gaps)[number][]>();
  for (const gap of gaps) {
    const key = [gap.source, gap.operation, gap.reason, gap.permission].join('\0');
    const kind = kinds.get(key);
    if (kind) kind.push(gap);
    else kinds.set(key, [gap]);
  }
  page.heading(messages('section.gaps'), messages('count.calls', { count: gaps.length }), 'open');
  for (const group of [...kinds.values()].slice(0, CALLS)) {
    const [{ source, operation, reason, permission, scope }] = group as [(typeof gaps)[number]];
    const scopes = [...new Set(group.map((gap) => gap.scope))];
    page.item(
      [{ text: '! ', style: 'open' }, { text: name(operation), style: 'bold' }, '  '],
      [messages(`reason.${reason}`)],
      [
        {
          text: `${name(source)} ${scopes.length === 1 ? name(scope) : fold(scopes.map(name), 1, page)}`,
          style: 'dim',
        },
      ],
    );
    page.field(
      messages('label.subjects'),
      [fold([...new Set(group.map(({ subject }) => name(subject)))], SUBJECTS, page)],
      2,
    );
    if (permission !== null) page.field(messages('label.grant'), [name(permission)], 2);
    page.blank();
  }
  if (kinds.size > CALLS)
    page.line([{ text: messages('more.calls', { count: kinds.size - CALLS }), style: 'dim' }], 2);
}

export function writeWarnings(page: Page, { warnings }: Result): void {
  if (warnings.length === 0) return;
  page.heading(
    page.messages('section.warnings'),
    page.messages('count.messages', { count: warnings.length }),
    'open',
  );
  for (const warning of warnings.slice(0, WARNINGS))
    page.item([{ text: '! ', style: 'open' }], [page.say(warning)]);
  if (warnings.length > WARNINGS)
    page.line(
      [{ text: page.messages('more.warnings', { count: warnings.length - WARNINGS }), style: 'dim' }],
      2,
    );
  page.blank();
}
