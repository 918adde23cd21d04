import { createHash } from 'node:crypto';
import { type ComponentChild, h, type VNode } from 'preact';
import type { FlowFigure } from '../../figure/flow.ts';
import type { MapFigure } from '../../figure/map.ts';
import type { Story } from '../../story/story.ts';
import { accountSection, methodSection } from './section/account.ts';
import { answerSection } from './section/answer.ts';
import { chainSection } from './section/chain.ts';
import { claimSection } from './section/claim.ts';
import { findingSection } from './section/finding.ts';
import { flowSection } from './section/flow.ts';
import { placeSection } from './section/place.ts';
import { unknownSection } from './section/unknown.ts';

export interface Parts {
  readonly story: Story;
  readonly maps: readonly MapFigure[];
  readonly flow: FlowFigure | null;
  readonly style: string;
  readonly script: string;
  readonly generator: string;
}

/** The whole document. It may load nothing: the policy allows its own style and script by their hashes, and no more. */
export function page({ story, maps, flow, style, script, generator }: Parts): VNode {
  const { title, kind, asOf, language, say } = story;
  const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'`;
  const sections = sectionsOf(story, maps, flow);
  return h(
    'html',
    { lang: language },
    h(
      'head',
      {},
      h('meta', { charset: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
      h('meta', { name: 'referrer', content: 'no-referrer' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('meta', { name: 'generator', content: generator }),
      h('title', {}, `${title} — ${kind}`),
      h('style', { dangerouslySetInnerHTML: { __html: style } }),
    ),
    h(
      'body',
      {},
      h('a', { class: 'skip', href: '#content' }, say('html.skip')),
      h(
        'header',
        { class: 'masthead' },
        h('p', { class: 'kind' }, 'Bercail', h('span', {}, kind)),
        h('h1', {}, title),
        h('p', { class: 'as-of' }, asOf),
      ),
      h(
        'div',
        { class: 'layout' },
        h(
          'nav',
          { 'aria-label': say('story.contents') },
          h('p', { class: 'nav-title', 'aria-hidden': 'true' }, say('story.contents')),
          h(
            'ol',
            {},
            sections.map(({ id, heading, count }) =>
              h(
                'li',
                {},
                h(
                  'a',
                  { href: `#${id}` },
                  heading,
                  count === null ? null : h('span', { class: 'count' }, ` ${count}`),
                ),
              ),
            ),
          ),
        ),
        h(
          'main',
          { id: 'content', tabindex: -1 },
          sections.map(({ id, heading, body }) =>
            h('section', { class: 'part', 'aria-labelledby': id }, h('h2', { id }, heading), body),
          ),
        ),
      ),
      h('footer', {}, h('p', {}, generator), h('p', {}, h('a', { href: '#content' }, say('html.back')))),
      h('script', { dangerouslySetInnerHTML: { __html: script } }),
    ),
  ) as VNode;
}

interface Section {
  readonly id: string;
  readonly heading: string;
  readonly count: number | null;
  readonly body: ComponentChild;
}

function sectionsOf(story: Story, maps: readonly MapFigure[], flow: FlowFigure | null): readonly Section[] {
  const { say, duties, claims, unknowns, places } = story;
  const section = (id: string, body: ComponentChild, count: number | null = null): Section => ({
    id,
    heading: say(`story.section.${id}`),
    count,
    body,
  });
  return [
    section('answer', answerSection(story)),
    section('places', placeSection(story, maps), places.available ? places.all.length : null),
    section('flows', flowSection(story, flow)),
    section('chain', chainSection(story), story.chain.available ? story.chain.count : null),
    section(
      'findings',
      findingSection(story),
      duties.reduce((sum, { count }) => sum + count, 0),
    ),
    section(
      'claims',
      claimSection(story),
      claims.available ? claims.groups.reduce((sum, group) => sum + group.claims.length, 0) : null,
    ),
    section('unknown', unknownSection(story), unknowns.count),
    section('accounting', accountSection(story)),
    section('method', methodSection(story)),
  ];
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
