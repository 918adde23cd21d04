import type { Basis, Finding } from '../../result/result.ts';
import {
  type Block,
  blank,
  controllers,
  type Dossier,
  facts,
  heading,
  method,
  paragraph,
  questions,
  signature,
  type Writer,
} from './model.ts';

/** A referral to the supervisory authority (« plainte »): dated facts, their evidence, what is not established. */
export function referral(writer: Writer): Dossier {
  const { say, failures, result } = writer;
  const of = (...kinds: readonly Basis[]) => failures.filter(({ basis }) => kinds.includes(basis));
  const waived = result.findings.filter(({ waiver, outcome }) => waiver !== null && outcome === 'fail');
  const contested = failures.filter((one) => one.contested);
  const title = say('dossier.referral.title');
  return {
    title,
    blocks: [
      { kind: 'title', text: title },
      { kind: 'note', text: say('dossier.draft') },
      heading(say('dossier.referral.parties')),
      blank(say('dossier.blank.author')),
      paragraph(say('dossier.referral.against', { controllers: controllers(writer) })),
      heading(say('dossier.referral.object')),
      paragraph(say('dossier.referral.object_text', { count: failures.length })),
      heading(say('dossier.examined')),
      ...method(writer),
      heading(say('dossier.referral.facts')),
      ...facts(writer, of('law', 'doctrine')),
      heading(say('dossier.referral.other')),
      paragraph(say('dossier.referral.other_text')),
      ...facts(writer, of('contract', 'demand')),
      ...(waived.length > 0 ? [heading(say('dossier.referral.waived')), ...facts(writer, waived)] : []),
      heading(say('dossier.referral.texts')),
      paragraph(say('dossier.referral.texts_text')),
      { kind: 'list', items: texts(writer) },
      ...(contested.length > 0
        ? [
            heading(say('dossier.referral.contested')),
            paragraph(
              say('dossier.referral.contested_text', {
                rules: [...new Set(contested.map(({ rule }) => rule))].join(', '),
              }),
            ),
          ]
        : []),
      heading(say('dossier.not_established')),
      ...questions(writer),
      heading(say('dossier.referral.steps')),
      ...blanks(writer, 'dossier.referral.step', 3),
      heading(say('dossier.referral.asked')),
      blank(say('dossier.referral.asked_text')),
      heading(say('dossier.attachments')),
      ...blanks(writer, 'dossier.attachment', 3),
      ...signature(writer),
    ],
  };
}

/** A text with the rules that cite it. What kind of duty a rule makes of it stands with the rule's findings. */
function texts({ failures, say, prose }: Writer): readonly string[] {
  const found = new Map<string, { readonly law: Finding['law'][number]; readonly rules: Set<string> }>();
  for (const { law, rule } of failures)
    for (const one of law) {
      const known = found.get(one.id);
      if (known) known.rules.add(rule);
      else found.set(one.id, { law: one, rules: new Set([rule]) });
    }
  return [...found.values()].map(({ law: { label, mark, url }, rules }) =>
    prose(
      say('dossier.referral.text', { label, mark: say(`mark.${mark}`), rules: [...rules].join(', ') }) +
        (url === null ? '' : ` ${url}`),
    ),
  );
}

function blanks({ say }: Writer, key: string, count: number): readonly Block[] {
  return [{ kind: 'blanks', items: Array.from({ length: count }, (_, index) => say(`${key}.${index + 1}`)) }];
}
