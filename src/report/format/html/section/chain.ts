import { type ComponentChild, h } from 'preact';
import type { ChainLink } from '../../../story/chain.ts';
import type { Story } from '../../../story/story.ts';
import { entries } from '../table.ts';

export function chainSection({ chain, say }: Story): ComponentChild {
  if (!chain.available) return h('p', { class: 'absent' }, say('story.absent'));
  return [h('p', {}, `${chain.caption}.`), list(chain.links, say)];
}

function list(links: readonly ChainLink[], say: Story['say']): ComponentChild {
  return links.length === 0
    ? null
    : h(
        'ol',
        { class: 'chain' },
        links.map((link) =>
          h(
            'li',
            {},
            card(link),
            link.engaged.length === 0
              ? null
              : [h('p', { class: 'engages' }, say('story.chain.engages')), list(link.engaged, say)],
          ),
        ),
      );
}

function card({ name, role, entries: facts, exposed, warning, findings }: ChainLink): ComponentChild {
  return h(
    'div',
    { class: `link${exposed ? ' exposed' : ''}${warning === null ? '' : ' undeclared'}` },
    h('h3', {}, name, h('span', { class: 'role' }, role)),
    entries(facts),
    warning === null ? null : h('p', { class: 'warning' }, warning),
    findings === null ? null : h('p', { class: 'link-findings' }, findings),
  );
}
