import { type ComponentChild, h } from 'preact';
import type { FlowFigure } from '../../../figure/flow.ts';
import { flowSvg } from '../../../figure/flow-svg.ts';
import type { Story } from '../../../story/story.ts';
import { left, table } from '../table.ts';

export function flowSection({ flows, say }: Story, figure: FlowFigure | null): ComponentChild {
  if (!flows.available) return h('p', { class: 'absent' }, say('story.absent'));
  const { rows, caption, alternative } = flows;
  const columns = ['kind', 'from', 'to', 'carries', 'recipient', 'findings'].map((name) => ({
    label: say(`story.column.${name}`),
  }));
  return [
    figure === null
      ? h('p', { class: 'absent' }, flows.nodes.length === 0 ? null : say('story.flows.too_large'))
      : h(
          'figure',
          { class: 'diagram' },
          h(
            'div',
            { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': say('story.flows.diagram') },
            flowSvg(
              figure,
              { id: 'flows-figure', title: say('story.flows.diagram'), description: alternative },
              say('story.flows.undeclared'),
            ),
          ),
          h(
            'figcaption',
            {},
            `${caption}. ${flows.legend}`,
            flows.grouped === null ? null : ` ${flows.grouped}`,
          ),
        ),
    table(
      caption,
      [...columns, { label: say('story.column.evidence'), kind: 'code' }],
      rows.map(({ kind, from, to, carries, recipient, findings, evidence }) => [
        kind,
        from,
        to,
        carries,
        recipient,
        findings,
        evidence === null ? '—' : h('code', {}, evidence),
      ]),
      figure === null,
    ),
    left(flows.left),
  ];
}
