import { type ComponentChild, h } from 'preact';
import type { Story } from '../../../story/story.ts';
import { entries, left, table } from '../table.ts';

export function accountSection({ accounting, say }: Story): ComponentChild {
  const { gaps, warnings } = accounting;
  const columns = [
    { label: say('story.column.call'), kind: 'code' as const },
    ...['on', 'scope', 'reason', 'permission'].map((name) => ({ label: say(`story.column.${name}`) })),
  ];
  return [
    entries(accounting.entries),
    h('h3', {}, say('story.gaps.title')),
    h('p', {}, accounting.gapsIntro),
    gaps.length === 0
      ? null
      : table(
          say('story.gaps.title'),
          columns,
          gaps.map(({ what, on, scope, reason, permission }) => [
            h('code', {}, what),
            h('code', {}, on),
            h('code', {}, scope),
            reason,
            permission === null ? '—' : h('code', {}, permission),
          ]),
          false,
        ),
    left(accounting.gapsLeft),
    warnings.length === 0
      ? null
      : [
          h('h3', {}, say('story.warnings.title')),
          h(
            'ul',
            {},
            warnings.map((warning) => h('li', {}, warning)),
          ),
          left(accounting.warningsLeft),
        ],
  ];
}

export function methodSection({ method, say }: Story): ComponentChild {
  const { principles, duties, marks, texts, unverified, sources, run } = method;
  const columns = ['text', 'duty', 'mark', 'rules'].map((name) => ({ label: say(`story.column.${name}`) }));
  return [
    h('h3', {}, say('story.method.title')),
    h(
      'ul',
      {},
      principles.map((line) => h('li', {}, line)),
    ),
    h('h3', {}, say('story.duties.title')),
    entries(duties),
    h('h3', {}, say('story.marks.title')),
    h(
      'dl',
      { class: 'entries' },
      marks.map(({ mark, term, text }) =>
        h('div', {}, h('dt', {}, h('span', { class: `tag small mark ${mark}` }, term)), h('dd', {}, text)),
      ),
    ),
    texts.length === 0
      ? null
      : [
          h('h3', {}, say('story.texts.title')),
          table(
            say('story.texts.caption', { count: texts.length, unverified }),
            columns,
            texts.map((one) => [
              one.url === null ? one.label : h('a', { href: one.url, rel: 'noreferrer' }, one.label),
              h('span', { class: `tag small duty-${one.basis}` }, one.basisLabel),
              h('span', { class: `tag small mark ${one.mark}` }, one.markLabel),
              one.rules.join(', '),
            ]),
          ),
        ],
    h('h3', {}, say('story.sources.title')),
    sources.length === 0
      ? h('p', {}, say('report.no_source'))
      : table(
          say('story.sources.title'),
          [
            { label: say('story.column.source') },
            { label: say('story.column.file') },
            { label: say('story.hash'), kind: 'code' },
          ],
          sources.map(({ kind, id, sha256 }) => [
            kind,
            h('code', {}, id),
            sha256 === null ? '—' : h('code', {}, sha256),
          ]),
          false,
        ),
    h('h3', {}, say('story.run.title')),
    entries(run),
  ];
}
