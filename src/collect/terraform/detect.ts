import { BercailError } from '../../error.ts';
import { readHead } from '../../io/file.ts';
import { scanFile } from './json/file.ts';

export type TerraformKind = 'plan' | 'state';

const HEAD = 65_536;
/** How Terraform and OpenTofu begin what they print. */
const OURS = /^\s*\{\s*"(?:format_version|version)"\s*:\s*(?:"[\d.]+"|\d+)\s*,\s*"terraform_version"/;
/** Members that another tool may have put first. */
const PERHAPS =
  /"(?:format_version|terraform_version|planned_values|resource_changes|provider_config|prior_state|lineage)"\s*:/;

/**
 * Whether a file is a plan or a state, told by its members without reading it into memory; a plan in Terraform's own
 * format is one as well, for its reader to say what to do. Null for anything else.
 * @throws BercailError for a file that begins like one and is no JSON
 */
export async function detectTerraform(path: string): Promise<TerraformKind | null> {
  const head = (await readHead(path, HEAD)).toString('latin1');
  if (head.startsWith('PK\u0003\u0004') && /tf(?:plan|state|config)/.test(head)) return 'plan';
  const text = head.replace(/^\u00ef\u00bb\u00bf/, '');
  const isOurs = OURS.test(text);
  if (!isOurs && !(/^\s*\{/.test(text) && PERHAPS.test(text))) return null;
  try {
    return kindOf(await membersOf(path));
  } catch (error) {
    if (isOurs || !(error instanceof BercailError)) throw error;
    return null;
  }
}

function kindOf(members: ReadonlySet<unknown>): TerraformKind | null {
  const has = (name: string): boolean => members.has(name);
  if (!has('terraform_version') && !has('format_version')) return null;
  if (has('resource_changes') || has('planned_values') || has('configuration')) return 'plan';
  return has('values') || (has('version') && (has('resources') || has('modules'))) || has('format_version')
    ? 'state'
    : null;
}

async function membersOf(path: string): Promise<ReadonlySet<unknown>> {
  const members = new Set<unknown>();
  const found = scanFile(path, ([name]) => {
    if (name === undefined) return 'enter';
    members.add(name);
    return 'skip';
  });
  while (!(await found.next()).done);
  return members;
}

/** Code of Terraform or OpenTofu, by its name: nothing in it says what it is. */
export function isTerraformCode(path: string): boolean {
  return /\.(tf|tofu)(\.json)?$/i.test(path);
}
