import { createEngine } from '../../src/rule/cel/engine.ts';
import type { Program } from '../../src/rule/cel/program.ts';
import { CelError, MissingValue, PartialList, Unknown } from '../../src/rule/cel/value.ts';
import { circumstances, publish } from './record.ts';

const HOLDINGS = 4000;
const MILLISECONDS = 1500;

/** A cut of the model, with the fields that the rules below read. */
const types = {
  dataset: { key: 'string', title: 'text', subjects: 'list<string>', categories: 'list<string>' },
  place: { provider: 'string', region: 'string', countries: 'list<string>' },
  holding: { derived: 'bool' },
  organisation: {
    key: 'string',
    name: 'string',
    role: 'string',
    address: 'string',
    contact: 'string',
    owner: 'string',
    seat: 'string',
    public: 'bool',
    transfer: 'transfer',
    contract: 'contract',
  },
  transfer: { tool: 'string', tia: 'day' },
  contract: { clauses: 'map<bool>' },
  encryption: { enabled: 'bool', key_manager: 'string' },
  params: { allowed_countries: 'list<string>' },
};

const variables = {
  dataset: 'dataset',
  place: 'place',
  holding: 'holding',
  operator: 'organisation',
  chain: 'list<organisation>',
  encryption: 'encryption',
  params: 'params',
  as_of: 'day',
};

const eea = new Set(['FR', 'IE', 'DE', 'NL', 'SE', 'BE', 'IT', 'ES']);

/** Shaped after LOC-01, TRF-01, CHN-01, DPA-01, SEC-05 and ANO-04: a condition of applicability, then a verdict. */
const sources: { readonly [rule: string]: string } = {
  'LOC-01 when': `dataset.subjects.exists(s, s == 'pupil') && !holding.derived`,
  'LOC-01 assert': 'place.countries.all(c, c in params.allowed_countries)',
  'TRF-01 when': '!place.countries.all(c, in_eea(c, as_of))',
  'TRF-01 assert': `operator.transfer.tool in ['scc', 'bcr'] ? (as_of < '2020-07-16' || operator.transfer.tia <= as_of) : operator.transfer.tool != 'none'`,
  'CHN-01 assert': `chain.all(o, has(o.name) && has(o.address) && has(o.contact)) && chain.exists(o, o.role == 'controller')`,
  'DPA-01 assert': `['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].all(l, operator.contract.clauses[l])`,
  'SEC-05 assert': `encryption.enabled == true && encryption.key_manager != 'none'`,
  'JUR-02 assert': 'chain.all(o, o.public == true || in_eea(o.seat, as_of))',
};

/** Every seventh fact or so is missing, in each way. */
function makeScope(index: number): Record<string, unknown> {
  const every = (period: number, value: unknown): unknown =>
    index % period === 0 ? new MissingValue('denied', 's3:GetBucketLocation') : value;
  const countries = [['FR'], ['IE'], ['FR', 'DE'], ['US'], ['FR', 'GP']][index % 5] ?? [];
  const organisation = (key: string, role: string, place: number): Record<string, unknown> => ({
    key: `${key}-${index}`,
    name: key,
    role,
    address: (index + place) % 9 === 0 ? new MissingValue('not_asked') : '1 rue des Écoles',
    contact: (index + place) % 13 === 0 ? null : 'contact@example.org',
    owner: null,
    seat: ['FR', 'IE', 'US'][(index + place) % 3],
    public: role === 'controller',
    transfer: { tool: every(11, ['scc', 'none', 'bcr'][index % 3]), tia: every(6, '2019-01-01') },
    contract: {
      clauses: new Map(
        Array.from('abcdefgh').map((letter, rank) => [
          letter,
          (index + rank) % 17 === 0 ? new MissingValue('asked') : true,
        ]),
      ),
    },
  });
  const operator = organisation('host', 'processor', 1);
  return {
    dataset: {
      key: 'results',
      title: null,
      subjects: ['teacher', 'pupil'],
      categories: ['education.results'],
    },
    place: {
      provider: 'aws',
      region: 'eu-west-1',
      countries:
        index % 10 === 3
          ? new PartialList(countries, new MissingValue('not_collected'))
          : every(7, countries),
    },
    holding: { derived: index % 4 === 0 },
    operator,
    chain: [operator, organisation('contractor', 'processor', 2), organisation('ministry', 'controller', 0)],
    encryption: { enabled: every(8, index % 3 !== 0), key_manager: every(5, 'customer') },
    params: { allowed_countries: ['FR', 'GP', 'MQ', 'GF', 'RE', 'YT', 'MF'] },
    as_of: '2018-10-01',
  };
}

/** Evaluations a second on one core, for each condition and over all of them. `npm run bench -- evaluate [--save]` */
export function run(args: readonly string[] = []): void {
  const engine = createEngine({
    types,
    functions: [
      {
        name: 'in_eea',
        params: ['string', 'day'],
        result: 'bool',
        call: ([country]) => eea.has(String(country)),
      },
    ],
  });
  const scopes = Array.from({ length: HOLDINGS }, (_, index) => makeScope(index));
  const programs = Object.entries(sources).map(([name, source]) => ({
    name,
    program: engine.compile(source, { variables, expect: 'bool' }),
  }));
  for (const { program } of programs) measure(program, scopes, MILLISECONDS / 10);
  const measured = programs.map(({ name, program }) => ({
    name,
    ...measure(program, scopes, MILLISECONDS / programs.length),
  }));
  const all = programs.length / measured.reduce((sum, { rate }) => sum + 1 / rate, 0);
  publish(
    {
      bench: 'evaluate',
      title: 'Conditions in three values',
      method: `Conditions shaped after rules, over ${HOLDINGS.toLocaleString('en')} holdings of which every seventh fact or so is missing, in each way; processor time of one core.`,
      command: 'npm run bench -- evaluate --save',
      ...circumstances(),
      tables: [
        {
          title: 'Evaluations a second',
          columns: [
            { name: 'condition' },
            { name: 'a second', digits: 0 },
            { name: 'unknown, %', digits: 0 },
            { name: 'errors', digits: 0 },
          ],
          rows: [
            ...measured.map(({ name, rate, unknown, error }) => [
              name,
              rate,
              (unknown / HOLDINGS) * 100,
              error,
            ]),
            ['all', all, null, null],
          ],
        },
      ],
      targets: [
        {
          what: 'all conditions',
          target: '1,000,000 a second',
          measured: Math.round(all).toLocaleString('en'),
          met: all >= 1e6,
        },
      ],
    },
    args,
  );
}

function measure(
  { evaluate }: Program,
  scopes: readonly Record<string, unknown>[],
  milliseconds: number,
): { rate: number; unknown: number; error: number } {
  const results = scopes.map((scope) => evaluate(scope));
  // Processor time, so that what else the machine does counts less.
  const start = process.cpuUsage();
  const spent = (): number => process.cpuUsage(start).user / 1000;
  let count = 0;
  while (spent() < milliseconds) {
    for (const scope of scopes) evaluate(scope);
    count += scopes.length;
  }
  return {
    rate: (count / spent()) * 1000,
    unknown: results.filter((result) => result instanceof Unknown).length,
    error: results.filter((result) => result instanceof CelError).length,
  };
}
