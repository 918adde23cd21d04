/** What each folder of src/ may import, beside itself, src/error.ts and src/yaml. The reason stands with each rule. */
const mayImport = {
  catalog: {
    may: ['yaml'],
    why: 'the catalog is facts with dates: it knows nothing of what is done with them',
  },
  yaml: {
    may: ['catalog/nearest', 'inventory/fact'],
    why: 'reading YAML with positions is below everything',
  },
  inventory: {
    may: ['catalog'],
    why: 'the inventory merges what is declared and observed; rules and reports come later',
  },
  result: {
    may: ['inventory'],
    why: 'a result is data: what other programs read must not pull in the engine',
  },
  manifest: { may: ['catalog', 'inventory', 'yaml'], why: 'a reader knows words and shapes, not verdicts' },
  config: {
    may: ['catalog', 'inventory', 'yaml', 'manifest'],
    why: 'a reader knows words and shapes, not verdicts',
  },
  anonymity: { may: [], why: 'measures are of numbers: they know neither files nor rules' },
  collect: {
    may: ['inventory', 'catalog', 'io', 'yaml', 'anonymity'],
    why: 'collectors establish facts and must not know which verdict they serve',
  },
  rule: { may: ['inventory', 'catalog', 'yaml'], why: 'rules judge facts, wherever they come from' },
  policy: {
    may: ['inventory', 'catalog', 'rule', 'yaml'],
    why: 'a policy chooses rules; it does not run them',
  },
  evaluate: {
    may: ['inventory', 'catalog', 'rule', 'policy', 'result'],
    why: 'evaluation is pure: no IO, no reporters',
  },
  ui: {
    may: ['event', 'collect/event', 'report', 'result', 'config', 'inventory', 'catalog', 'yaml'],
    why: 'screens show what is handed to them: they run nothing and touch nothing',
  },
  report: { may: ['result', 'inventory', 'catalog'], why: 'reporters render a result that may be years old' },
};

const own = Object.entries(mayImport).map(([folder, { may, why }]) => ({
  name: `${folder}-imports-downwards`,
  comment: why,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: {
    path: '^src/',
    pathNot: [`^src/${folder}/`, '^src/error\\.ts$', ...may.map((name) => `^src/${name}(/|\\.ts$)`)],
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...own,
    {
      name: 'no-circular',
      comment: 'a circle has no bottom to test first',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'files-only-in-io-and-collect',
      comment: 'pure code is handed texts; only io and collect open files',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli\\.ts|(io|collect|command)/)' },
      to: { path: '^(node:)?fs(/promises)?$' },
    },
    {
      name: 'sdk-only-in-its-collector',
      comment: 'cloud SDKs are slow to load and stay behind their collector',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/collect/' },
      to: { path: 'node_modules/@(aws-sdk|azure|smithy)' },
    },
    {
      name: 'not-to-tests',
      comment: 'what ships does not need what tests it',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(tests|scripts)/' },
    },
    {
      name: 'no-unresolved',
      comment: 'an import that resolves to nothing fails at the user',
      severity: 'error',
      from: {},
      // These are types alone, from node_modules/@types: there is nothing to resolve.
      to: { couldNotResolve: true, pathNot: '^(sarif|geojson|topojson-specification)$' },
    },
    {
      name: 'no-dev-dependencies',
      comment: 'users do not install them',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/@types' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
