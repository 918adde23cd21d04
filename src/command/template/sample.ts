import type { Target } from '../../rule/model.ts';

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
export const samples: { readonly [target in Target]: Sample } = {
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
