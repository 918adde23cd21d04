import type { AuditRequest } from '../audit.ts';

export interface OnlyOptions {
  readonly rule?: readonly string[];
  readonly pack?: readonly string[];
}

/** The rules that options ask for, where they do: of packs of one's own, by folder, and by name. */
export function onlyOf({
  rule,
  pack = [],
}: OnlyOptions): Pick<AuditRequest, 'rules' | 'packs' | 'onlyPacks'> {
  const folders = pack.filter((name) => /[/\\.]/.test(name));
  const names = pack.filter((name) => !folders.includes(name));
  return {
    packs: folders.map((path) => ({ path })),
    ...(names.length > 0 ? { onlyPacks: names } : {}),
    ...(rule === undefined ? {} : { rules: rule }),
  };
}
