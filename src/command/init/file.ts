import { stringify } from 'yaml';
import type { SourceConfig } from '../../collect/collector.ts';
import { version } from '../../io/root.ts';
import { entryText } from '../../manifest/insert.ts';
import type { Messages } from '../../report/message.ts';
import { sectionExamples } from '../manifest/example.ts';
import { comment, schemaComment } from '../manifest/text.ts';
import type { Forge } from './find/forge.ts';

export interface NewFile {
  readonly path: string;
  readonly text: string;
}

interface ConfigContent {
  readonly folder: string;
  readonly policy: string;
  readonly manifests: readonly string[];
  readonly sources: readonly SourceConfig[];
}

/** `bercail.yaml`: each setting with what it is for; what was not found stands as a comment to fill in. */
export function configText({ folder, policy, manifests, sources }: ConfigContent, say: Messages): string {
  const part = (key: string, text: string): string => `\n${comment(say(key))}\n${text}`;
  const listed = sources.map(({ kind, options }) =>
    entryText(null, { [kind]: kind === 'snapshot' ? (options['path'] ?? '') : { ...options } })
      .replace(/^/gm, '  ')
      .trimEnd(),
  );
  return [
    schemaComment('config', folder),
    comment(say('init.config.head')),
    'bercail: config/v1',
    part('init.config.policy', stringify({ policy }).trimEnd()),
    part('init.config.manifests', stringify({ manifests: [...manifests] }, { lineWidth: 0 }).trimEnd()),
    part('init.config.waivers', 'waivers: waivers.yaml'),
    part(
      'init.config.sources',
      listed.length > 0 ? `sources:\n${listed.join('\n')}` : comment(sectionExamples.sources),
    ),
    '',
  ].join('\n');
}

export function waiversText(folder: string, say: Messages): string {
  return `${schemaComment('waivers', folder)}\n${comment(`${say('init.waivers')}\n${sectionExamples.waivers}`)}\nbercail: waivers/v1\nwaivers: []\n`;
}

/**
 * What the forge runs on each change. Where Bercail comes from, a variable of the project says: a name that nobody holds in
 * a registry could be anybody's tomorrow. Where the forge has its one file already, a file for it to include. */
export function ciFile(forge: Forge, isThere: (path: string) => boolean, say: Messages): NewFile | null {
  if (forge === 'none') return null;
  const run = `npx --yes --package "\${BERCAIL_PACKAGE:?${say('init.ci.package')}}" bercail check`;
  if (forge === 'github') {
    const workflow = {
      name: 'bercail',
      on: { pull_request: {}, push: { branches: ['main'] } },
      permissions: { contents: 'read' },
      jobs: {
        check: {
          'runs-on': 'ubuntu-latest',
          steps: [
            { uses: 'actions/checkout@v4' },
            { uses: 'actions/setup-node@v4', with: { 'node-version': 24 } },
            { run: `${run} --format github`, env: { BERCAIL_PACKAGE: '${{ vars.BERCAIL_PACKAGE }}' } },
          ],
        },
      },
    };
    return {
      path: '.github/workflows/bercail.yaml',
      text: `${comment(say('init.ci.head', { version: version() }))}\n${stringify(workflow, { lineWidth: 0 })}`,
    };
  }
  const job = {
    bercail: {
      image: 'node:24',
      script: [`${run} --format gitlab,junit --out bercail`],
      artifacts: {
        when: 'always',
        paths: ['bercail/'],
        reports: { codequality: 'bercail/bercail.gitlab.json', junit: 'bercail/bercail.junit.xml' },
      },
    },
  };
  const path = isThere('.gitlab-ci.yml') ? '.gitlab/bercail.gitlab-ci.yml' : '.gitlab-ci.yml';
  return {
    path,
    text: `${comment(say('init.ci.head', { version: version() }))}\n${stringify(job, { lineWidth: 0 })}`,
  };
}
