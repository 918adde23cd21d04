import type { Copy } from '../item.ts';

/** Backups that a redundancy with « geo » keeps in the paired region; what does not say may keep them there too. */
export function geoBackup(redundancy: string | null): readonly Copy[] {
  const copy = { suffix: 'backup', kind: 'backup', as: 'snapshot' } as const;
  if (redundancy === null)
    return [{ ...copy, location: null, note: 'whether backups are geo-redundant is not told' }];
  return /^(geo|geozone|enabled|grs|gzrs|ra-?grs)$/i.test(
    redundancy.replaceAll(/[\s_]/g, '').replace(/redundant$/i, ''),
  )
    ? [{ ...copy, location: { pair: true } }]
    : [];
}
