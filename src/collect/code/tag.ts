import { type Fact, isTree } from '../../inventory/fact.ts';
import { absent, known, unsaid } from './fact.ts';

/**
 * Tags of which some have a value that is not known yet: null. Where that is one by which data is classed or declared,
 * nothing can be said of the tags; any other is left out. Without `keys` every one may matter.
 */
export function settleTags(tags: Fact, keys: ReadonlySet<string> | undefined): Fact {
  if (tags.state !== 'known' || !isTree(tags.value)) return tags;
  const entries = Object.entries(tags.value);
  const open = entries.filter(([, value]) => value === null).map(([key]) => key);
  if (open.length === 0) return tags;
  const matter = open.filter((key) => keys === undefined || keys.has(key.toLowerCase()));
  if (matter.length > 0) return unsaid(`known after apply: tags ${matter.join(', ')}`);
  const rest = entries.filter(([, value]) => value !== null);
  return rest.length === 0 ? absent : known(Object.fromEntries(rest));
}
