// Which part of lib/ may import which. `types` are parts and packages whose types it may name, but whose code it must not run.
const layers = {
  domain: { says: 'what is said', parts: [], packages: ['io-ts', 'fp-ts'], types: ['rxjs'] },
  rx: { says: 'domain-free operators', parts: [], packages: ['rxjs', 'fp-ts'], types: [] },
  rows: { says: 'operators on rows of results', parts: ['domain', 'rx'], packages: ['rxjs', 'fp-ts'], types: [] },
  transport: {
    says: 'how bytes travel; the only place that knows axios and undici',
    parts: ['domain', 'rx'],
    packages: ['rxjs', 'fp-ts', 'axios', 'undici'],
    types: [],
  },
  provider: {
    says: "a vendor's wire format; pure, it sends nothing",
    parts: ['domain'],
    packages: ['io-ts', 'fp-ts'],
    types: ['transport', 'rxjs'],
  },
  config: {
    says: 'what a router is told, and what is wrong with it',
    parts: ['domain', 'transport'],
    packages: ['io-ts', 'fp-ts'],
    types: ['plan', 'provider', 'rxjs'],
  },
  plan: {
    says: 'which deployment, and when',
    parts: ['domain', 'rx'],
    packages: ['rxjs', 'fp-ts', 'io-ts'],
    types: ['config', 'provider', 'tokens', 'transport'],
  },
  attempt: {
    says: 'how patient we are',
    parts: ['plan', 'provider', 'transport', 'domain', 'rx'],
    packages: ['rxjs', 'fp-ts'],
    types: [],
  },
  litellm: {
    says: "LiteLLM's configuration as one of ours",
    parts: ['config', 'provider', 'domain'],
    packages: ['io-ts', 'fp-ts'],
    types: ['plan'],
  },
  output: {
    says: 'what the answers of a run are decoded to',
    parts: ['domain', 'transport'],
    packages: ['io-ts', 'fp-ts'],
    types: [],
  },
  bulk: { says: 'long runs', parts: ['domain', 'rx'], packages: ['rxjs', 'fp-ts'], types: [] },
  tokens: {
    says: 'counting tokens, and what they cost',
    parts: ['domain', 'rx', 'transport', 'config', 'bulk'],
    packages: ['rxjs', 'fp-ts', 'io-ts', 'gpt-tokenizer', '@huggingface/tokenizers'],
    types: [],
  },
};

/** The engine: the files at the top of lib/, but for those that wire the parts together. */
const engine = '^lib/(?!index|router|config)[^/]+\\.ts$';

/** Each is for one world outside; lib/index.ts does not know them. */
const outsideWorlds = ['testing', 'node', 'cli', 'angular', 'redis', 'bullmq', 'opentelemetry'];

const places = (parts) => parts.map((part) => `^lib/${part}(/|\\.ts$)`);
const packageFiles = (packages) => packages.map((name) => `^node_modules/${name}(/|$)`);
const oneOf = (patterns) => patterns.join('|');
const typeOnly = ['type-only'];

const layerRules = Object.entries(layers).flatMap(([part, { says, parts, packages, types }]) => {
  const from = { path: `^lib/${part}/` };
  const typePlaces = [...places(types), ...packageFiles(types)];
  const allowed = [...places([part, ...parts]), ...packageFiles(packages), ...typePlaces];
  const comment = `lib/${part}/ (${says}) may import ${[...parts, ...packages].join(', ') || 'nothing'}${
    types.length > 0 ? `; types only: ${types.join(', ')}` : ''
  }.`;
  return [
    {
      name: `${part}-imports`,
      comment,
      severity: 'error',
      from,
      to: { path: '^(lib|node_modules)/', pathNot: oneOf(allowed) },
    },
    ...(types.length === 0
      ? []
      : [
          {
            name: `${part}-types-only`,
            comment,
            severity: 'error',
            from,
            to: { path: oneOf(typePlaces), dependencyTypesNot: typeOnly },
          },
        ]),
  ];
});

export default {
  forbidden: [
    ...layerRules,
    {
      name: 'engine-imports',
      comment:
        'The engine (fan-out, parallel, gather, …) knows no LLM: it may import domain, rx, rows, bulk; types only: router, config.',
      severity: 'error',
      from: { path: engine },
      to: {
        path: '^lib/',
        pathNot: oneOf([engine, ...places(['domain', 'rx', 'rows', 'bulk']), '^lib/(router|config)']),
      },
    },
    {
      name: 'engine-types-only',
      comment: 'The engine is given a router: it may name its types, not import its code.',
      severity: 'error',
      from: { path: engine },
      to: { path: '^lib/(router|config)', dependencyTypesNot: typeOnly },
    },
    {
      name: 'outside-worlds',
      comment: `Nothing imports ${outsideWorlds.join(', ')}: each is an entry of its own. The program (cli) stands on top of all.`,
      severity: 'error',
      from: { path: '^lib/([^/]+)', pathNot: '^lib/cli/' },
      to: { path: oneOf(places(outsideWorlds)), pathNot: '^lib/$1' },
    },
    {
      name: 'http-client',
      comment:
        'axios and undici are known to lib/transport/ alone; elsewhere only the type of an AxiosInstance may be named.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/transport/' },
      to: { path: oneOf(packageFiles(['axios', 'undici'])), dependencyTypesNot: typeOnly },
    },
    {
      name: 'node-builtins',
      comment:
        'What Node alone has is for the outside worlds, the undici adapter and local tokenizers, or browsers could not load the rest.',
      severity: 'error',
      from: {
        path: '^lib/',
        pathNot: `^lib/((transport|${outsideWorlds.join('|')})/|tokens/local/local-[a-z]+-node\\.ts$)`,
      },
      to: { dependencyTypes: ['core'], dependencyTypesNot: typeOnly },
    },
    {
      name: 'published-packages-only',
      comment: 'lib/ may import what package.json lists as dependency or peer: a user has nothing else.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/(cli|node|tokens|angular)/' },
      to: { path: '^node_modules/', pathNot: oneOf(packageFiles(['rxjs', 'fp-ts', 'io-ts', 'axios', 'undici'])) },
    },
    {
      name: 'program-packages',
      comment: 'What reads files and terminals is for lib/node/ and lib/cli/ alone.',
      severity: 'error',
      from: { path: '^lib/(cli|node)/' },
      to: {
        path: '^node_modules/',
        pathNot: oneOf(
          packageFiles(['rxjs', 'fp-ts', 'io-ts', 'cli-progress', 'commander', 'csv-parse', 'uplot', 'yaml']),
        ),
      },
    },
    {
      name: 'angular-packages',
      comment:
        'lib/angular/ runs in an Angular application, which has @angular/core and @angular/common; no other part knows them.',
      severity: 'error',
      from: { path: '^lib/angular/' },
      to: {
        path: '^node_modules/',
        pathNot: oneOf(packageFiles(['rxjs', 'fp-ts', '@angular/core', '@angular/common'])),
      },
    },
    {
      name: 'no-cycles',
      comment:
        'Files that need each other at run time are one file, or a third one is missing. (Types may refer to each other.)',
      severity: 'error',
      from: { path: '^lib/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: typeOnly } },
    },
    {
      name: 'resolvable',
      comment: 'This import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify', // sees `import type` too, and marks it
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'require', 'default', 'types'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
};
