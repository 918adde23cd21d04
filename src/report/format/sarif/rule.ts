import type { ReportingDescriptor } from 'sarif';
import { type Finding, type Result, type Severity, severities } from '../../../result/result.ts';
import { basisText, lawTexts } from '../../describe.ts';
import { markdownText } from '../../markdown-text.ts';
import type { Messages } from '../../message.ts';
import { type Question, questionsOf } from '../../question.ts';
import { clip, prose, visible } from '../../visible.ts';
import { levelOf } from './result.ts';

/** GitHub takes 20 tags a rule and shows 10; descriptions of 1,024 characters. */
const TAGS = 10;
const DESCRIPTION = 1000;

/** GitHub's own scale: over 9.0 is critical, 7.0 high, 4.0 medium, over 0 low. `info` is not security to GitHub. */
const scores: { readonly [severity in Severity]: string | null } = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: null,
};

/** The rules that the results speak of, by id. Of a rule that was only ever undecided, little is known. */
export function rulesOf(result: Result, messages: Messages): ReportingDescriptor[] {
  const gravest = new Map<string, Finding>();
  for (const finding of result.findings) {
    const known = gravest.get(finding.rule);
    if (!known || severities.indexOf(finding.severity) < severities.indexOf(known.severity))
      gravest.set(finding.rule, finding);
  }
  const open = new Map<string, Question>();
  for (const question of questionsOf(result))
    if (!gravest.has(question.rule) && !open.has(question.rule)) open.set(question.rule, question);
  const known = [...gravest.values()].map((finding) => describeRule(finding, messages));
  const others = [...open.values()].map(bareRule);
  return [...known, ...others].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function describeRule(finding: Finding, messages: Messages): ReportingDescriptor {
  const { rule, name, title, why, fix, severity, basis, contested, mark, pack, law } = finding;
  const score = scores[severity];
  const says = prose(title);
  const tags = [
    ...(score === null ? [] : ['security']),
    pack,
    basis,
    ...(contested ? ['contested'] : []),
    ...law.map(({ id }) => id),
  ];
  const texts = lawTexts(finding, messages);
  const parts: readonly (readonly [string, string | null])[] = [
    ['label.duty', basisText(finding, messages)],
    ['label.basis', texts.map(({ label, note }) => `${label} (${note})`).join(' · ') || null],
    ['label.fix', fix],
  ];
  const shown = parts.flatMap(([label, text]) =>
    text === null ? [] : [[messages(label), prose(text)] as const],
  );
  const body = why === null ? [] : [prose(why)];
  const url = law.find((one) => one.url !== null && URL.canParse(one.url))?.url ?? null;
  return {
    id: rule,
    name,
    shortDescription: { text: clip(says, DESCRIPTION, () => '') },
    fullDescription: { text: clip(why === null ? says : prose(why), DESCRIPTION, () => '') },
    help: {
      text: [...body, ...shown.map(([label, text]) => `${label} — ${text}`)].join('\n'),
      markdown: [
        ...body.map(markdownText),
        ...shown.map(([label, text]) => `**${label}** — ${markdownText(text)}`),
      ].join('\n\n'),
    },
    ...(url === null ? {} : { helpUri: new URL(url).href }),
    defaultConfiguration: { level: levelOf(severity) },
    properties: {
      tags: [...new Set(tags)].slice(0, TAGS),
      basis,
      contested,
      mark,
      severity,
      ...(score === null ? {} : { 'security-severity': score }),
    },
  };
}

function bareRule({ rule, title, pack, severity }: Question): ReportingDescriptor {
  const text = clip(prose(title ?? rule), DESCRIPTION, () => '');
  return {
    id: rule,
    shortDescription: { text },
    fullDescription: { text },
    help: { text: `bercail explain ${rule}` },
    defaultConfiguration: { level: levelOf(severity) },
    properties: { severity, ...(pack === null ? {} : { tags: [visible(pack)] }) },
  };
}
