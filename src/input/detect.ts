import { detectConfig } from '../config/read.ts';
import { detectManifest } from '../manifest/read.ts';

/** What a file is, told from its content. */
export type InputKind =
  | 'manifest'
  | 'config'
  | 'policy'
  | 'waivers'
  | 'baseline'
  | 'attestations'
  | 'snapshot'
  | 'result'
  | 'terraform'
  | 'terraform_state'
  | 'cloudformation'
  | 'arm'
  | 'kubernetes'
  | 'bicep';

type Tree = { readonly [key: string]: unknown };

/** The kind of a parsed YAML or JSON value; null when it is none of ours. */
export function detectValue(value: unknown): InputKind | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const tree = value as Tree;
  const { bercail, schema } = tree;
  if (detectManifest(value)) return 'manifest';
  if (detectConfig(value)) return 'config';
  if (typeof bercail === 'string') {
    for (const kind of ['policy', 'waivers', 'baseline', 'attestations'] as const)
      if (bercail.startsWith(`${kind}/`)) return kind;
  }
  if (typeof schema === 'string' && schema.startsWith('bercail/result/')) return 'result';
  if ('format_version' in tree && ('resource_changes' in tree || 'planned_values' in tree))
    return 'terraform';
  if ('terraform_version' in tree && ('values' in tree || 'resources' in tree)) return 'terraform_state';
  if ('AWSTemplateFormatVersion' in tree || isCloudFormation(tree['Resources'])) return 'cloudformation';
  if (typeof tree['$schema'] === 'string' && /deploymentTemplate\.json/i.test(tree['$schema'])) return 'arm';
  return null;
}

function isCloudFormation(resources: unknown): boolean {
  if (typeof resources !== 'object' || resources === null) return false;
  return Object.values(resources).some(
    (one: unknown) =>
      typeof (one as Tree | null)?.['Type'] === 'string' &&
      /^(AWS|Alexa|Custom)::/.test(String((one as Tree)['Type'])),
  );
}

/** A file of text that names itself one of ours, though it may not parse: to say what is wrong with it. */
export function looksLikeOurs(text: string): boolean {
  return /^[^\S\r\n\u2028\u2029]*["']?bercail["']?\s*:/m.test(text);
}

/**
 * Templates are told by their text: tags of their own, comments in JSON and several documents in a file keep them from
 * being read as what Bercail's own files are.
 */
export function detectText(
  text: string,
  path: string,
): 'cloudformation' | 'arm' | 'kubernetes' | 'bicep' | null {
  if (/\.bicep(param)?$/i.test(path)) return 'bicep';
  // A plan may hold any of these as values of its resources.
  if (looksLikeOurs(text) || /^\s*\{\s*"(?:format_version|version|terraform_version|serial)"/.test(text))
    return null;
  if (/"\$schema"\s*:\s*"[^"]*deploymentTemplate\.json/i.test(text)) return 'arm';
  const hasResources = /^Resources\s*:|"Resources"\s*:/m.test(text);
  if (/^AWSTemplateFormatVersion\s*:|"AWSTemplateFormatVersion"\s*:/m.test(text) && hasResources)
    return 'cloudformation';
  if (hasResources && /["']?\bType["']?\s*:\s*["']?(?:AWS|Alexa|Custom)::/.test(text))
    return 'cloudformation';
  // Types that a macro or a registry brings begin with anything.
  if (/^Resources\s*:/m.test(text) && /^ +Type\s*:/m.test(text) && /^ +Properties\s*:/m.test(text))
    return 'cloudformation';
  if (/^["']?apiVersion["']?\s*:/m.test(text) && /^["']?kind["']?\s*:/m.test(text)) return 'kubernetes';
  if (
    /^[^\S\r\n\u2028\u2029]*"apiVersion"\s*:/m.test(text) &&
    /^[^\S\r\n\u2028\u2029]*"kind"\s*:/m.test(text)
  )
    return 'kubernetes';
  return /^services\s*:/m.test(text) && /^[^\S\r\n\u2028\u2029]+(?:image|build)\s*:/m.test(text)
    ? 'kubernetes'
    : null;
}
