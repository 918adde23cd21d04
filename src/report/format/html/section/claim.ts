import { type ComponentChild, h } from 'preact';
import type { ClaimGroup, ToldClaim } from '../../../story/claim.ts';
import type { Story } from '../../../story/story.ts';

export function claimSection({ claims, say }: Story): ComponentChild {
  if (!claims.available) return h('p', { class: 'absent' }, say('story.absent'));
  if (claims.groups.length === 0) return h('p', {}, say('story.claims.none'));
  return [h('p', {}, claims.intro), claims.groups.map(groupOf)];
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
