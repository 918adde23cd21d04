import type { Path } from '../yaml/read.ts';
import { listOf, nameOf, type Tree, treeOf } from './tree.ts';

export const sections = ['organisations', 'datasets', 'assets', 'activities'] as const;
export type Section = (typeof sections)[number];

/** What each section holds one of. */
export const nounOf = {
  organisations: 'an organisation',
  datasets: 'a dataset',
  assets: 'an asset',
  activities: 'an activity',
} as const;

/** Ends of a flow that are not assets. */
export const outside: ReadonlySet<string> = new Set(['schools', 'families', 'internet']);

/** A name written somewhere that stands for something defined elsewhere in the manifest. */
export interface Mention {
  readonly name: string;
  readonly path: Path;
  /** Where it may be defined, best first. */
  readonly sections: readonly Section[];
  readonly isFlowEnd?: boolean;
}

/** Every reference of a manifest to its own definitions. Attestations are apart: they may name what is observed. */
export function mentionsOf(manifest: Tree): readonly Mention[] {
  const mentions: Mention[] = [];

  function add(value: unknown, path: Path, where: Section | readonly Section[], isFlowEnd = false): void {
    for (const [index, item] of Array.isArray(value) ? value.entries() : [[null, value] as const]) {
      const name = nameOf(item);
      if (name === null) continue;
      const at = index === null ? path : [...path, index];
      mentions.push({
        name,
        path: at,
        sections: typeof where === 'string' ? [where] : where,
        ...(isFlowEnd ? { isFlowEnd } : {}),
      });
    }
  }

  function addFields(holder: unknown, path: Path, fields: { readonly [field: string]: Section }): void {
    for (const [field, section] of Object.entries(fields))
      add(treeOf(holder)[field], [...path, field], section);
  }

  for (const [key, value] of Object.entries(treeOf(manifest['organisations']))) {
    addFields(value, ['organisations', key], { engaged_by: 'organisations' });
  }
  for (const [key, value] of Object.entries(treeOf(manifest['datasets']))) {
    addFields(value, ['datasets', key], { pseudonym_table: 'datasets' });
    listOf(treeOf(value)['fields']).forEach((field, index) => {
      addFields(field, ['datasets', key, 'fields', index], { key_held_by: 'organisations' });
    });
  }
  for (const [key, value] of Object.entries(treeOf(manifest['assets']))) {
    addFields(value, ['assets', key], {
      operator: 'organisations',
      run_by: 'organisations',
      holds: 'datasets',
      processes: 'datasets',
    });
  }
  listOf(manifest['flows']).forEach((flow, index) => {
    addFields(flow, ['flows', index], { datasets: 'datasets', recipient: 'organisations' });
    for (const end of ['from', 'to']) add(treeOf(flow)[end], ['flows', index, end], 'assets', true);
  });
  for (const [key, value] of Object.entries(treeOf(manifest['activities']))) {
    addFields(value, ['activities', key], {
      controller: 'organisations',
      joint_controllers: 'organisations',
      datasets: 'datasets',
    });
  }
  listOf(manifest['claims']).forEach((claim, index) => {
    add(
      treeOf(claim)['about'],
      ['claims', index, 'about'],
      ['datasets', 'assets', 'organisations', 'activities'],
    );
  });
  return mentions;
}
