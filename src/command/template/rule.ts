import type { Target } from '../../rule/model.ts';
import { samples } from './sample.ts';

export interface RuleTemplate {
  readonly id: string;
  readonly name: string;
  readonly target: Target;
  /** The day it is written, YYYY-MM-DD. */
  readonly day: string;
}

/** A rule file whose examples pass, with a comment wherever its author has to choose. */
export function ruleFileText({ id, name, target, day }: RuleTemplate): string {
  const { law, basis, from, when, assert, message, tests } = samples[target];
  const statement = `${name[0]?.toUpperCase() ?? ''}${name.slice(1).replaceAll('-', ' ')}`;
  return `# What conditions see is in docs/model.md, how they are written in docs/cel.md; reports/schema/rule-v1.schema.json
# explains each key in editors that read it. Everything after « TODO » is for you to write.
id: ${id}
name: ${plain(name)}
title:
  fr: "TODO ce qui doit tenir, en une phrase (${name})"
  en: ${JSON.stringify(statement)}
# One verdict for each: ${Object.keys(samples).join(' ')}. Or a list of them.
target: ${target}
# critical, high, medium, low or info; or a list of which the first that holds counts:
#   severity: [{when: CONDITION, is: high}, {is: medium}]
severity: medium
basis:
  # law: a text that binds; doctrine: how an authority reads it; contract: a clause; demand: what somebody asks for.
  type: ${basis}
  # TODO texts of the catalog (\`bercail catalog law ${law}\`). One of another kind: {id: ID, basis: doctrine}.
  law: [${law}]
  # contested: true
  # verified in the official text, secondary when seen elsewhere, to_verify until then.
  mark: to_verify
  checked_on: ${day}
# Outside these days, included, the rule applies to nothing.
# in_force: {from: 2018-05-25}
# Where its facts come from: cloud (accounts and code), manifest, sample, attestation.
from: ${from}
# What a policy may set; conditions read params.NAME.
# params:
#   allowed_countries: {type: countries, default: [FR], description: {fr: Pays admis, en: Allowed countries}}
# The rule applies where this holds. A fact that is missing makes it unknown, never a pass.
${when === null ? '# when: CONDITION' : `when: ${when}`}
assert: ${assert}
# What a failure says, for whoever must act. Braces hold an expression.
message:
  fr: ${JSON.stringify(message.fr)}
  en: ${JSON.stringify(message.en)}
why:
  fr: TODO pourquoi cela compte, et ce que disent les textes, sans plus.
  en: TODO why it matters, and what the texts say, no more.
fix:
  fr: TODO ce qu’il faut faire.
  en: TODO what to do.
  # For a provider, where it differs:
  # aws: {fr: TODO, en: TODO}
# At least one that passes, one that fails, one that is unknown or not applicable. Also: as_of, params.
tests:
${tests.map(([title, given, expect]) => `  - name: ${title}\n    given: ${given}\n    expect: ${expect}\n`).join('')}`;
}

/** The `pack.yaml` of a folder that has none. */
export function packText(name: string): string {
  return `bercail: pack/v1
name: ${plain(name)}
version: 0.1.0
title: {fr: TODO titre du paquet, en: TODO title of the pack}
description:
  fr: TODO ce que ses règles ont en commun.
  en: TODO what its rules have in common.
# maintainers: [TODO]
# licence: TODO
`;
}

/** Between quotes where YAML would read something else than a text: a number, a date, true, null. */
function plain(name: string): string {
  return /^[a-z]+-/.test(name) ? name : JSON.stringify(name);
}
