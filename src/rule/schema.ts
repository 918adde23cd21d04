import { anyOf, choice, flag, type JsonSchema, list, mapOf, record, ref, text } from '../yaml/schema.ts';
import { targets } from './model.ts';

const bilingual = (description: string): JsonSchema =>
  record(description, { fr: text('In French.'), en: text('In English.') }, ['fr', 'en']);
const anyText = (description: string): JsonSchema =>
  anyOf(
    description,
    text('The same in every language.'),
    record('In each language.', { fr: text('In French.'), en: text('In English.') }, [], {
      minProperties: 1,
    }),
  );
const day = (description: string): JsonSchema => ({ description, type: 'string', format: 'day' });
const condition = (description: string): JsonSchema =>
  text(`${description} In CEL: docs/cel.md; what it sees: docs/model.md.`, {
    'x-expected': 'a condition in CEL',
  });
const name = (description: string): JsonSchema => ({
  description,
  type: 'string',
  pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
  'x-expected': 'words of small letters and digits, joined by dashes',
});

export const severityWords = {
  critical: 'To mend before anything else: data is exposed, or a transfer has no basis.',
  high: 'A duty is not met, or a demand at the heart of the case.',
  medium: 'A duty that is met in part, or that other measures soften.',
  low: 'To be put in order.',
  info: 'Worth knowing; nothing has to change.',
} as const;
export const basisWords = {
  law: 'A text that binds: a statute, a regulation, a decree.',
  doctrine: 'How an authority or the State reads the texts: guidance, circulars, reference frameworks.',
  contract: 'A clause that the parties agreed on.',
  demand: 'A demand of a stakeholder: on record, no duty.',
} as const;
export const markWords = {
  verified: 'Seen in the official text.',
  secondary: 'Seen in a source that reports the text.',
  to_verify: 'Still to be checked against the official text.',
} as const;
export const sourceWords = {
  cloud: 'Facts of cloud accounts or of infrastructure code.',
  manifest: 'What a manifest declares.',
  sample: 'What is measured in a sample of the data.',
  attestation: 'A signed, dated answer of a person.',
} as const;
export const targetWords = {
  holding: 'A dataset at an asset.',
  asset: 'A thing that stores, processes, moves or protects data.',
  dataset: 'Data, with its subjects and categories.',
  organisation: 'A legal entity.',
  flow: 'A dataset that moves.',
  activity: 'A processing activity.',
  audit: 'The run itself: its policy, its waivers, its inventory.',
} as const satisfies { readonly [target in keyof typeof targets]: string };
const paramTypes = {
  countries: 'A list of countries, as two capital letters.',
  'list<string>': 'A list of texts.',
  string: 'A text.',
  int: 'A whole number.',
  double: 'A number.',
  bool: 'true or false.',
  day: 'A day, YYYY-MM-DD.',
};

const target = choice('What one verdict is about.', targetWords);
const severity = choice('How grave a failure is.', severityWords);
const basis = choice('What kind of duty it is.', basisWords);
const whenText = 'The rule applies where this holds; to everything, when left out.';
const assertText = 'What must hold. True passes, false fails; a fact that is missing gives unknown.';
const message = bilingual('What a failure says, for the reader who must act. {…} holds an expression.');
const messagePass = bilingual('What a pass says; the title, when left out. {…} holds an expression.');

const forTarget = record(
  'How this target is judged.',
  {
    when: condition(whenText),
    assert: condition(assertText),
    message: bilingual('A message of its own for this target.'),
    message_pass: bilingual('What a pass says of this target.'),
  },
  ['assert'],
);

const lawEntry = anyOf(
  'One text.',
  text('Id of the text in the catalog (gdpr.28.3.a): `bercail catalog law ID` shows it.'),
  record(
    'A text whose part of the rule is of another kind of duty.',
    { id: text('Id of the text in the catalog.'), basis },
    ['id'],
  ),
);

const outcome = choice('The outcome.', {
  pass: 'It holds.',
  fail: 'It does not hold.',
  unknown: 'A fact that would decide is missing.',
  not_applicable: 'The rule does not apply.',
  error: 'The rule itself broke.',
});
const expectation = anyOf(
  'What the rule must say of it.',
  outcome,
  record(
    'Unknown for want of exactly these facts.',
    { unknown: list('Facts that would decide it, as the finding names them.', text('A fact.')) },
    ['unknown'],
  ),
  record(
    'A failure that weighs and says this.',
    {
      fail: record('The failure.', {
        severity,
        message: record('What it says; … stands for anything.', {
          fr: text('In French.'),
          en: text('In English.'),
        }),
      }),
    },
    ['fail'],
  ),
);

const example = record(
  'An example that `bercail rules test` runs.',
  {
    name: text('What the example shows, as a short sentence.'),
    target: choice('The target, for a rule of several.', targetWords),
    given: {
      description:
        'The facts: variables of the target, and `as_of`, `params`. Left out: nobody asked; unknown: nobody could say; false, none and []: there is none.',
      type: 'object',
    },
    expect: expectation,
  },
  ['name', 'given', 'expect'],
);

/** Schema of a rule file, for the loader and for editors. */
export const ruleSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:bercail:rule:v1',
  title: 'Rule',
  ...record(
    'A rule of Bercail: one requirement that can be tested, with its law, its words and its examples.',
    {
      id: {
        description: 'Its code, unique among all packs: LOC-01.',
        type: 'string',
        pattern: '^[A-Z][A-Z0-9]{1,11}-[0-9]{2,4}$',
        'x-expected': 'a code of capital letters, a dash and digits, such as LOC-01',
      },
      name: name('Its name: the statement in a few words joined by dashes.'),
      title: bilingual('What must hold, as a sentence.'),
      target: anyOf(
        'What it judges, one verdict for each.',
        target,
        list('Several targets.', target, { minItems: 1, uniqueItems: true }),
      ),
      targets: {
        ...record(
          'Instead of target, when and assert: a condition for each target.',
          Object.fromEntries(Object.keys(targets).map((one) => [one, ref('for_target')])),
        ),
        minProperties: 1,
      },
      severity: anyOf(
        'How grave a failure is: a level, or a list of which the first that holds counts.',
        severity,
        list(
          'Levels, the first that holds counts.',
          record('A level.', { when: condition('When this level holds.'), is: severity }, ['is']),
          { minItems: 1 },
        ),
      ),
      basis: record(
        'What the rule rests on.',
        {
          type: basis,
          law: list('The texts.', lawEntry, { minItems: 1 }),
          contested: flag('Whether somebody disputes that the texts ask for this.'),
          mark: choice('How well the reading of the texts was checked.', markWords),
          checked_on: day('The day it was checked, YYYY-MM-DD.'),
        },
        ['type', 'law', 'mark', 'checked_on'],
      ),
      from: list('Where its facts come from.', choice('A kind of source.', sourceWords), {
        minItems: 1,
        uniqueItems: true,
      }),
      in_force: {
        ...record('Outside these days, included, it applies to nothing.', {
          from: day('Its first day.'),
          to: day('Its last day.'),
        }),
        minProperties: 1,
      },
      params: mapOf(
        'What a policy may set. Conditions read them as params.NAME.',
        record(
          'A parameter.',
          {
            type: choice('Its type.', paramTypes),
            default: { description: 'Its value when no policy sets it.' },
            description: anyText('What it is for.'),
          },
          ['type', 'default'],
        ),
      ),
      labels: mapOf(
        'Words for readers: what messages write instead of a word of the model.',
        anyText('The words.'),
      ),
      when: condition(whenText),
      assert: condition(assertText),
      let: mapOf('Values that messages name; each sees those before it.', condition('A value.')),
      message,
      message_pass: messagePass,
      why: bilingual('Why it matters and what the texts say, no more. It cites; it does not accuse.'),
      fix: mapOf(
        'What to do, in French and English, and for a provider (aws, azure, gcp, ovhcloud…) where it differs.',
        anyText('What to do with this provider.'),
        {
          properties: { fr: text('What to do, in French.'), en: text('What to do, in English.') },
          required: ['fr', 'en'],
        },
      ),
      note: anyText('For whoever maintains the rule.'),
      tests: list(
        'Examples: at least one that passes, one that fails, one that is unknown or not applicable.',
        example,
        {
          minItems: 1,
        },
      ),
    },
    ['id', 'name', 'title', 'severity', 'basis', 'from', 'message', 'why', 'fix', 'tests'],
  ),
  $defs: { for_target: forTarget },
};

/** Schema of `pack.yaml`. */
export const packSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:bercail:pack:v1',
  title: 'Rule pack',
  ...record(
    'A pack of rules: this file, and one YAML file a rule beside it.',
    {
      bercail: { description: 'The format of this file.', const: 'pack/v1' },
      name: name('Its name, as policies write it.'),
      version: text('Its version: a new one when a verdict changes.'),
      title: anyText('What people call it.'),
      description: anyText('What its rules have in common.'),
      maintainers: list('Who answers for it.', text('A name.')),
      licence: text('Its licence, as an SPDX identifier.'),
    },
    ['name', 'version', 'title', 'description'],
  ),
};
