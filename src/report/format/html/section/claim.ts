import { type ComponentChild, h } from 'preact';
import { histogramSvg } from '../../../figure/histogram.ts';
import type { ClaimGroup, ToldClaim } from '../../../story/claim.ts';
import type { ToldMeasure } from '../../../story/measure.ts';
import type { Story } from '../../../story/story.ts';

export function claimSection({ claims, measures, say }: Story): ComponentChild {
  if (!claims.available) return h('p', { class: 'absent' }, say('story.absent'));
  return [
    claims.groups.length === 0
      ? h('p', {}, say('story.claims.none'))
      : [h('p', {}, claims.intro), claims.groups.map(groupOf)],
    measures.map((measure, index) => measured(measure, index, say)),
  ];
}

function measured(measure: ToldMeasure, index: number, say: Story['say']): ComponentChild {
  const { title, summary, bars, alternative, legend, evidence } = measure;
  const id = `measure-${index}`;
  return h(
    'section',
    { 'aria-labelledby': id },
    h('h3', { id }, title),
    h('p', {}, summary),
    bars.length === 0
      ? null
      : h(
          'figure',
          { class: 'map' },
          histogramSvg(measure, say('story.measure.axis'), {
            id: `${id}-figure`,
            title: say('story.measure.axis'),
            description: alternative,
          }),
          h('figcaption', {}, legend),
        ),
    evidence === null ? null : h('p', {}, h('code', {}, evidence)),
  );
}

function groupOf({ about, aboutType, claims, findings }: ClaimGroup, index: number): ComponentChild {
  return h(
    'section',
    { class: 'claim-group', 'aria-labelledby': `claim-${index}` },
    h('h3', { id: `claim-${index}` }, about, h('span', { class: 'role' }, aboutType)),
    h('div', { class: 'claims' }, claims.map(card)),
    findings === null ? null : h('p', { class: 'link-findings' }, findings),
  );
}

function card({ by, when, where, says }: ToldClaim): ComponentChild {
  return h(
    'figure',
    { class: 'claim' },
    h(
      'blockquote',
      {},
      says.map(({ text }) => h('p', {}, text)),
    ),
    h('figcaption', {}, h('strong', {}, by), `, ${when}`, h('span', { class: 'where' }, where)),
    says.map(({ facts, stands, standsLabel }) =>
      h(
        'div',
        { class: `stands ${stands}` },
        h('p', { class: 'stands-label' }, standsLabel),
        h(
          'ul',
          {},
          facts.map((fact) => h('li', {}, fact)),
        ),
      ),
    ),
  );
}
