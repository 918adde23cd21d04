import type { Target } from '../rule/model.ts';

interface Sample {
  readonly law: string;
  readonly basis: 'law' | 'doctrine';
  readonly from: string;
  readonly when: string | null;
  readonly assert: string;
  readonly message: { readonly fr: string; readonly en: string };
  readonly tests: readonly (readonly [name: string, given: string, expect: string])[];
}

/** A condition for each target that holds for something, fails for something, and is unknown for something. */
const samples: { readonly [target in Target]: Sample } = {
  holding: {
    law: 'gdpr.32.1.a',
    basis: 'law',
    from: '[cloud, manifest]',
    when: "dataset.subjects.exists(s, s == 'pupil')",
    assert: 'encryption.at_rest == true',
    message: {
      fr: '« {dataset.title} », dans « {asset.label} » : chiffrement au repos {encryption.at_rest}.',
      en: '“{dataset.title}”, in “{asset.label}”: encrypted at rest {encryption.at_rest}.',
    },
    tests: [
      ['encrypted', '{dataset: {subjects: [pupil]}, encryption: {at_rest: true}}', 'pass'],
      [
        'in clear',
        '{dataset: {title: Results, subjects: [pupil]}, asset: {label: exports}, encryption: {at_rest: false}}',
        '{fail: {severity: medium, message: {en: "“Results”, in “exports”…"}}}',
      ],
      [
        'encryption not known',
        '{dataset: {subjects: [pupil]}, encryption: {at_rest: unknown}}',
        '{unknown: [encryption.at_rest]}',
      ],
      ['data about staff', '{dataset: {subjects: [staff]}, encryption: {at_rest: false}}', 'not_applicable'],
    ],
  },
  asset: {
    law: 'gdpr.32',
    basis: 'law',
    from: '[cloud, manifest]',
    when: 'asset.store',
    assert: 'asset.access_log == true',
    message: {
      fr: '« {asset.label} » : journal des accès {asset.access_log}.',
      en: '“{asset.label}”: access log {asset.access_log}.',
    },
    tests: [
      ['reads are logged', '{asset: {store: true, access_log: true}}', 'pass'],
      [
        'reads are not logged',
        '{asset: {label: exports, store: true, access_log: false}}',
        '{fail: {severity: medium, message: {en: "“exports”: access log no."}}}',
      ],
      ['logging not known', '{asset: {store: true, access_log: unknown}}', '{unknown: [asset.access_log]}'],
      ['keeps no data', '{asset: {store: false, access_log: false}}', 'not_applicable'],
    ],
  },
  dataset: {
    law: 'gdpr.5.1.c',
    basis: 'law',
    from: '[manifest]',
    when: "dataset.subjects.exists(s, s == 'pupil')",
    assert: "dataset.identifiability != 'identified'",
    message: {
      fr: '« {dataset.title} » : identifiabilité {dataset.identifiability}.',
      en: '“{dataset.title}”: identifiability {dataset.identifiability}.',
    },
    tests: [
      ['pseudonyms', '{dataset: {subjects: [pupil], identifiability: pseudonymised}}', 'pass'],
      [
        'names',
        '{dataset: {title: Results, subjects: [pupil], identifiability: identified}}',
        '{fail: {severity: medium, message: {en: "“Results”: identifiability identified."}}}',
      ],
      [
        'identifiability not known',
        '{dataset: {subjects: [pupil], identifiability: unknown}}',
        '{unknown: [dataset.identifiability]}',
      ],
      ['data about staff', '{dataset: {subjects: [staff], identifiability: identified}}', 'not_applicable'],
    ],
  },
  organisation: {
    law: 'gdpr.28.3',
    basis: 'law',
    from: '[manifest]',
    when: "organisation.role in ['processor', 'sub_processor']",
    assert: 'contract.signed != null',
    message: {
      fr: '« {organisation.name} » : contrat signé {contract.signed}.',
      en: '“{organisation.name}”: contract signed {contract.signed}.',
    },
    tests: [
      ['a signed contract', '{organisation: {role: processor}, contract: {signed: 2024-01-15}}', 'pass'],
      [
        'a contract that nobody signed',
        '{organisation: {name: Host, role: processor}, contract: {signed: none}}',
        '{fail: {severity: medium, message: {en: "“Host”: contract signed none."}}}',
      ],
      [
        'signature not known',
        '{organisation: {role: processor}, contract: {signed: unknown}}',
        '{unknown: [contract.signed]}',
      ],
      ['a controller', '{organisation: {role: controller}, contract: {signed: none}}', 'not_applicable'],
    ],
  },
  flow: {
    law: 'gdpr.44',
    basis: 'law',
    from: '[manifest]',
    when: "datasets.exists(d, d.subjects.exists(s, s == 'pupil'))",
    assert: 'recipient == null || in_eea(recipient.seat, as_of)',
    message: {
      fr: '« {flow.label} » : siège du destinataire {recipient.seat}.',
      en: '“{flow.label}”: seat of the recipient {recipient.seat}.',
    },
    tests: [
      [
        'a recipient in the EEA',
        '{datasets: [{subjects: [pupil]}], recipient: {name: Host, seat: FR}}',
        'pass',
      ],
      [
        'a recipient elsewhere',
        '{flow: {label: a → b}, datasets: [{subjects: [pupil]}], recipient: {name: Host, seat: US}}',
        '{fail: {severity: medium, message: {en: "“a → b”: seat of the recipient US."}}}',
      ],
      [
        'seat not known',
        '{datasets: [{subjects: [pupil]}], recipient: {name: Host, seat: unknown}}',
        '{unknown: [recipient.seat]}',
      ],
      [
        'data about staff',
        '{datasets: [{subjects: [staff]}], recipient: {name: Host, seat: US}}',
        'not_applicable',
      ],
    ],
  },
  activity: {
    law: 'gdpr.30',
    basis: 'law',
    from: '[manifest]',
    when: "datasets.exists(d, d.subjects.exists(s, s == 'pupil'))",
    assert: 'activity.in_register == true',
    message: {
      fr: '« {activity.title} » : au registre {activity.in_register}.',
      en: '“{activity.title}”: in the register {activity.in_register}.',
    },
    tests: [
      ['in the register', '{activity: {in_register: true}, datasets: [{subjects: [pupil]}]}', 'pass'],
      [
        'not in the register',
        '{activity: {title: Tests, in_register: false}, datasets: [{subjects: [pupil]}]}',
        '{fail: {severity: medium, message: {en: "“Tests”: in the register no."}}}',
      ],
      [
        'register not known',
        '{activity: {in_register: unknown}, datasets: [{subjects: [pupil]}]}',
        '{unknown: [activity.in_register]}',
      ],
      [
        'data about staff',
        '{activity: {in_register: false}, datasets: [{subjects: [staff]}]}',
        'not_applicable',
      ],
    ],
  },
  audit: {
    law: 'bercail.good-practice',
    basis: 'doctrine',
    from: '[manifest]',
    when: null,
    assert: 'policy.disabled.all(d, d.reason != null)',
    message: {
      fr: 'Politique « {policy.name} » : une règle est désactivée sans raison.',
      en: 'Policy “{policy.name}”: a rule is off without a reason.',
    },
    tests: [
      [
        'every exception has a reason',
        '{policy: {name: ours, disabled: [{rule: GOV-04, reason: Reviewed, expires: 2027-06-30}]}}',
        'pass',
      ],
      [
        'an exception without a reason',
        '{policy: {name: ours, disabled: [{rule: GOV-04, reason: none, expires: 2027-06-30}]}}',
        '{fail: {severity: medium, message: {en: "Policy “ours”…"}}}',
      ],
      ['exceptions not known', '{policy: {name: ours, disabled: unknown}}', '{unknown: [policy.disabled]}'],
    ],
  },
};

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
