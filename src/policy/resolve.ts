import { createHash } from 'node:crypto';
import { nearest } from '../catalog/nearest.ts';
import { BercailError, type Problem } from '../error.ts';
import type { Classification, TagClass } from '../inventory/build/input.ts';
import type { Json } from '../inventory/fact.ts';
import type { Rule, RulePack, Severity } from '../rule/rule.ts';
import type { PolicyFile, TagSetting } from './read.ts';

export interface ActiveRule {
  readonly rule: Rule;
  /** Set by the policy; else the rule's own. */
  readonly severity: Severity | null;
  readonly params: { readonly [name: string]: Json };
}

export interface DisabledRule {
  readonly rule: string;
  readonly reason: string | null;
  readonly expires: string | null;
}

/** What one organisation enforces, with everything that it extends. */
export interface Policy {
  readonly name: string;
  readonly sha256: string;
  readonly rules: readonly ActiveRule[];
  readonly disabled: readonly DisabledRule[];
  readonly classification: Classification;
  readonly gate: { readonly fail_on: Severity | 'never'; readonly unknown: 'observed' | 'all' | 'none' };
  readonly warnings: readonly string[];
}

/** The policy and what it extends, parents first, each once. `read` finds a policy by name or path. */
export function lineage(
  start: PolicyFile,
  read: (name: string, from: PolicyFile) => PolicyFile,
): readonly PolicyFile[] {
  const order: PolicyFile[] = [];
  const visit = (file: PolicyFile, above: readonly string[]): void => {
    if (above.includes(file.source.file)) {
      throw new BercailError('config', {
        message: `${file.value.name} extends itself`,
        hint: [...above, file.source.file].join(' → '),
        where: file.source.positionOf(['extends']),
      });
    }
    for (const parent of file.value.extends ?? []) visit(read(parent, file), [...above, file.source.file]);
    if (!order.some(({ source }) => source.file === file.source.file)) order.push(file);
  };
  visit(start, []);
  return order;
}

/**
 * Which rules run, with which severity and parameters, on the audit's day.
 * @throws BercailError `config` for a pack, rule or parameter that does not exist
 */
export function resolvePolicy(
  files: readonly PolicyFile[],
  packs: readonly RulePack[],
  asOf: string,
): Policy {
  const problems: Problem[] = [];
  const warnings: string[] = [];
  const byId = new Map(packs.flatMap((pack) => pack.rules.map((rule) => [rule.id, rule] as const)));
  const active = new Map<string, { severity: Severity | null; params: { [name: string]: Json } }>();
  const disabled = new Map<string, DisabledRule>();
  const tags = new Map<string, Map<string, TagClass>>();
  let gate: Policy['gate'] = { fail_on: 'high', unknown: 'observed' };
  let untagged: Classification['untagged'] = 'unknown';
  for (const file of files) {
    const { value, source } = file;
    for (const [name, setting] of Object.entries(value.packs ?? {})) {
      const pack = packs.find((one) => one.name === name);
      if (!pack) {
        problems.push({
          message: `no pack ${name}`,
          hint: `there are: ${packs.map((one) => one.name).join(', ')}`,
          where: source.positionOf(['packs', name]),
        });
        continue;
      }
      for (const rule of pack.rules) {
        if (!selects(value.select, rule)) continue;
        const known = active.get(rule.id) ?? { severity: null, params: {} };
        active.set(rule.id, { ...known, params: { ...known.params, ...paramsOf(setting.params, rule) } });
      }
      const unused = Object.keys(setting.params ?? {}).filter(
        (param) => !pack.rules.some((rule) => rule.source.params?.[param]),
      );
      for (const param of unused)
        problems.push({
          message: `no rule of ${name} has a parameter ${param}`,
          where: source.positionOf(['packs', name, 'params', param]),
        });
    }
    for (const [id, setting] of Object.entries(value.rules ?? {})) {
      const rule = byId.get(id);
      if (!rule) {
        problems.push({
          message: `no rule ${id}`,
          hint: `nearest: ${nearest(id, byId.keys()).join(', ') || 'none'}`,
          where: source.positionOf(['rules', id]),
        });
        continue;
      }
      for (const param of Object.keys(setting.params ?? {})) {
        if (!rule.source.params?.[param])
          problems.push({
            message: `${id} has no parameter ${param}`,
            where: source.positionOf(['rules', id, 'params', param]),
          });
      }
      const known = active.get(id) ?? { severity: null, params: {} };
      if (setting.enabled === false) {
        const expired = setting.expires !== undefined && setting.expires < asOf;
        if (expired) warnings.push(`${id}: disabled until ${setting.expires}; enabled again`);
        else
          disabled.set(id, {
            rule: id,
            reason: reasonText(setting.reason),
            expires: setting.expires ?? null,
          });
      } else if (active.has(id) || setting.enabled === true) {
        disabled.delete(id);
        active.set(id, {
          severity: setting.severity ?? known.severity,
          params: { ...known.params, ...setting.params },
        });
      } else {
        warnings.push(`${value.name}: sets ${id}, which none of its packs brings in`);
      }
    }
    for (const [key, values] of Object.entries(value.classification?.tags ?? {})) {
      const known = tags.get(key.toLowerCase()) ?? new Map<string, TagClass>();
      for (const [name, setting] of Object.entries(values))
        known.set(name.toLowerCase(), tagClass(name, setting));
      tags.set(key.toLowerCase(), known);
    }
    untagged = value.classification?.untagged ?? untagged;
    gate = { fail_on: value.gate?.fail_on ?? gate.fail_on, unknown: value.gate?.unknown ?? gate.unknown };
  }
  if (problems.length > 0) throw new BercailError('config', problems);
  const rules = [...active]
    .filter(([id]) => !disabled.has(id))
    .flatMap(([id, setting]) => {
      const rule = byId.get(id);
      return rule ? [{ rule, ...setting }] : [];
    })
    .sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1));
  const last = files.at(-1);
  const sha256 = createHash('sha256')
    .update(files.map((file) => file.sha256).join('\n'))
    .digest('hex');
  return {
    name: last?.value.name ?? '',
    sha256,
    rules,
    disabled: [...disabled.values()],
    classification: { tags, untagged },
    gate,
    warnings,
  };
}

function selects(select: PolicyFile['value']['select'], rule: Rule): boolean {
  const { type, contested } = rule.source.basis;
  if (select?.basis && !select.basis.includes(type)) return false;
  return select?.contested === undefined || select.contested === (contested ?? false);
}

function paramsOf(
  params: { readonly [name: string]: Json } | undefined,
  rule: Rule,
): { [name: string]: Json } {
  return Object.fromEntries(
    Object.entries(params ?? {}).filter(([name]) => rule.source.params?.[name] !== undefined),
  );
}

function tagClass(name: string, setting: readonly string[] | TagSetting): TagClass {
  if (isList(setting)) return { name, categories: setting, subjects: ['pupil'], secrecy: 'discretion' };
  return {
    name,
    categories: setting.categories,
    subjects: setting.subjects ?? ['pupil'],
    secrecy: setting.secrecy ?? 'discretion',
  };
}

function isList(setting: readonly string[] | TagSetting): setting is readonly string[] {
  return Array.isArray(setting);
}

function reasonText(
  reason: string | { readonly fr?: string; readonly en?: string } | undefined,
): string | null {
  return typeof reason === 'object' ? (reason.en ?? reason.fr ?? null) : (reason ?? null);
}
