import type { Finding } from '../../result/result.ts';
import { bases } from './answer.ts';
import { safeUrl } from './duty.ts';
import type { Teller } from './teller.ts';
import type { Citation, Entry } from './told.ts';

export interface CitedText extends Citation {
  readonly rules: readonly string[];
}

/** How this was judged, from what, by which texts, and which of those nobody has verified. */
export function tellMethod(teller: Teller) {
  const { say, word, result, day, code } = teller;
  const { run, tool } = result;
  const texts = citedTexts(teller);
  return {
    principles: ['offline', 'unknown', 'four', 'dates', 'declared', 'guilt'].map((one) =>
      say(`story.method.${one}`),
    ),
    duties: bases.map(
      (basis): Entry => ({ term: say(`story.duty.${basis}`), text: say(`story.duty.${basis}.meaning`) }),
    ),
    marks: (['verified', 'secondary', 'to_verify'] as const).map((mark) => ({
      mark,
      term: say(`mark.${mark}`),
      text: say(`story.mark.${mark}`),
    })),
    texts,
    unverified: texts.filter(({ mark }) => mark !== 'verified').length,
    sources: run.sources.map(({ kind, id, sha256 }) => ({
      kind: word('source', kind),
      id: code(id),
      sha256,
    })),
    run: [
      { term: say('story.run.tool'), text: `${tool.name} ${code(tool.version)}` },
      { term: say('story.run.id'), text: code(run.id), isCode: true },
      {
        term: say('story.run.dates'),
        text: say('story.run.between', { start: code(run.started_at), end: code(run.finished_at) }),
      },
      { term: say('story.run.as_of'), text: day(run.as_of) },
      {
        term: say('report.policy'),
        text: `${code(run.policy.name)} — ${code(run.policy.sha256)}`,
        isCode: true,
      },
      ...run.packs.map(
        ({ name, sha256, rules }): Entry => ({
          term: say('report.pack', { name, rules }),
          text: code(sha256),
          isCode: true,
        }),
      ),
      {
        term: say('report.catalog'),
        text: `${say('report.catalog_checked', { day: day(run.catalog.checked_on) })} — ${code(run.catalog.sha256)}`,
        isCode: true,
      },
    ] satisfies readonly Entry[],
  };
}

/** Every text that a finding of this result cites, in the order of duty, with the rules that rest on it. */
function citedTexts({ result, say, prose, code }: Teller): readonly CitedText[] {
  const found = new Map<string, { readonly one: Finding['law'][number]; readonly rules: Set<string> }>();
  for (const { outcome, law, rule } of result.findings) {
    if (outcome !== 'fail') continue;
    for (const one of law) {
      const key = `${one.id}\0${one.basis}`;
      const known = found.get(key);
      if (known) known.rules.add(rule);
      else found.set(key, { one, rules: new Set([rule]) });
    }
  }
  return [...found.values()]
    .map(
      ({ one, rules }): CitedText => ({
        label: prose(one.label),
        url: safeUrl(one.url),
        basis: one.basis,
        basisLabel: say(`basis.${one.basis}`),
        mark: one.mark,
        markLabel: say(`mark.${one.mark}`),
        rules: [...rules].sort().map(code),
      }),
    )
    .sort((a, b) => bases.indexOf(a.basis) - bases.indexOf(b.basis) || (a.label < b.label ? -1 : 1));
}
