import type { Result } from '../result/result.ts';

/** Something that both results were judged with, and how it differs. */
export interface Setting {
  readonly name: 'tool' | 'as_of' | 'policy' | 'packs' | 'catalog' | 'language';
  readonly old: string;
  readonly new: string;
}

const read: { readonly [name in Setting['name']]: (result: Result) => string } = {
  tool: ({ tool }) => tool.version,
  as_of: ({ run }) => run.as_of,
  policy: ({ run }) => `${run.policy.name} ${short(run.policy.sha256)}`,
  packs: ({ run }) => run.packs.map(({ name, sha256 }) => `${name} ${short(sha256)}`).join(', '),
  catalog: ({ run }) => short(run.catalog.sha256),
  language: ({ run }) => run.language,
};

export function compareSettings(before: Result, after: Result): readonly Setting[] {
  return (Object.keys(read) as Setting['name'][])
    .map((name) => ({ name, old: read[name](before), new: read[name](after) }))
    .filter((one) => one.old !== one.new);
}

function short(hash: string): string {
  return hash.slice(0, 12);
}
