import { modulePath } from '../address.ts';
import type { Answer } from './answer.ts';
import { createScope } from './evaluate.ts';
import {
  type Configuration,
  callAt,
  formatPosition,
  moduleAt,
  type ProviderConfig,
  type ProviderKey,
} from './model.ts';
import { isEmpty, settingAt } from './setting.ts';

/** A provider configuration that is known to be the one, or why it is not; and the way there, in words. */
export type Chosen =
  | {
      readonly found: true;
      readonly path: readonly string[];
      readonly name: string;
      readonly configs: readonly ProviderConfig[];
      readonly steps: readonly string[];
    }
  | { readonly found: false; readonly why: string; readonly steps: readonly string[] };

/**
 * The configuration that a key stands for, up the modules that pass it on or leave it to be inherited. A plan does not
 * tell what a call passes: where that leaves several, none is taken.
 */
export function chooseProvider(configuration: Configuration, key: ProviderKey): Chosen {
  return climb(configuration, key, [], false);
}

/** `isUnpassed`: a child's stub showed that nothing is passed to this module. */
function climb(
  configuration: Configuration,
  { path, name }: ProviderKey,
  before: readonly string[],
  isUnpassed: boolean,
): Chosen {
  const planned = moduleAt(configuration.plan, path)?.providers.get(name);
  const written = moduleAt(configuration.code, path)?.providers.get(name);
  const configs = [planned, written].filter((config) => config !== undefined);
  const isConfigured = configs.some(({ settings }) => !isEmpty(settings));
  const label = `provider ${name}${path.length === 0 ? '' : ` of ${modulePath(path)}`}`;
  if (isConfigured || path.length === 0) {
    const where = written?.where ? ` (${formatPosition(written.where)})` : '';
    return { found: true, path, name, configs, steps: [...before, `${label}${where}`] };
  }
  const parent = path.slice(0, -1);
  const call = callAt(configuration.code, path);
  const isAlias = name.includes('.');
  if (call?.passes) {
    const passed = call.passes.get(name);
    const where = call.where ? ` (${formatPosition(call.where)})` : '';
    if (passed !== undefined)
      return climb(
        configuration,
        { path: parent, name: passed },
        [...before, `${label} ← ${passed}${where}`],
        false,
      );
    return isAlias
      ? lost(`${modulePath(path)} is not passed ${name}${where}`, before)
      : climb(configuration, { path: parent, name }, before, false);
  }
  if (isAlias)
    return lost(
      `the plan does not tell what ${modulePath(path)} is passed as ${name}; give the code (root)`,
      before,
    );
  // The stub would not be there had its caller anything of its own to pass on.
  if (planned !== undefined && configuration.keysFollowPasses)
    return climb(configuration, { path: parent, name }, [...before, `${label}: inherited`], true);
  if (!isUnpassed) return ambiguous(configuration, { path, name }, before);
  return parent.length === 0
    ? climb(configuration, { path: parent, name }, before, false)
    : ambiguous(configuration, { path: parent, name }, before);
}

/**
 * No trace of what this module is passed, unless there is only one to pass. What its own resources use shows nothing:
 * they may use an alias that it is passed beside.
 */
function ambiguous(
  configuration: Configuration,
  { path, name }: ProviderKey,
  before: readonly string[],
): Chosen {
  const own = moduleAt(configuration.plan, path)?.providers.get(name);
  if (own && (configuration.keysFollowPasses || !isEmpty(own.settings)))
    return climb(configuration, { path, name }, before, false);
  const others = path.flatMap((_, depth) => [
    ...(moduleAt(configuration.plan, path.slice(0, depth))?.providers.keys() ?? []),
  ]);
  const aliases = [...new Set(others.filter((other) => other.startsWith(`${name}.`)))];
  if (aliases.length === 0) return climb(configuration, { path: path.slice(0, -1), name }, before, false);
  const candidates = [name, ...aliases].join(' or ');
  return lost(
    `the plan does not tell which one ${modulePath(path)} is passed: ${candidates}; give the code (root)`,
    before,
  );
}

function lost(why: string, steps: readonly string[]): Chosen {
  return { found: false, why, steps };
}

/** The value of a setting of a provider configuration; null where it does not set it. */
export function providerSetting(
  configuration: Configuration,
  chosen: Chosen & { readonly found: true },
  setting: string,
): Answer | null {
  const expressions = chosen.configs.flatMap(({ settings }) => settingAt(settings, setting) ?? []);
  const best =
    expressions.find(({ kind }) => kind === 'constant') ??
    expressions.find(({ kind }) => kind === 'code') ??
    expressions[0];
  if (best === undefined) return null;
  const scope = createScope(configuration, chosen.path);
  return scope.evaluate(best, scope);
}
