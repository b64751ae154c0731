import js from '@eslint/js';
import jest from 'eslint-plugin-jest';
import rxjsX from 'eslint-plugin-rxjs-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** The only files that may say `new Observable`; each says beside it what composition could not do. */
const edges = ['lib/rx/lane.ts', 'lib/rx/all-at-once.ts', 'lib/transport/axios.ts', 'lib/transport/body.ts'];

/** The house's grammar: functions and readonly data, named exports. */
const grammar = [
  { selector: 'ExportDefaultDeclaration', message: 'Export it by its name.' },
  { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
  { selector: 'ClassDeclaration:not([superClass.name="Error"])', message: 'Only errors are classes: use a function.' },
];

const newObservable = {
  selector: 'NewExpression[callee.name="Observable"]',
  message: `Compose stock operators; only ${edges.join(', ')} make an Observable by hand.`,
};

/** Where `now` and `random` get their defaults. */
const defaults = ['lib/fan-out-settings.ts', 'lib/rows/summarize.ts', 'lib/config/clocks-and-chance.ts'];

const timer = (name) => ({ name, message: 'Use an rxjs timer: it is virtual in tests and ends at unsubscribe.' });

export default defineConfig(
  globalIgnores(['**/dist', 'coverage', 'docs', 'examples/angular/src']), // the app has its own compiler and packages
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked, rxjsX.configs.strict],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error', // dependency-cruiser tells types from code by `import type`
      '@typescript-eslint/no-redeclare': 'off', // a codec and its type share a name
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'rxjs-x/throw-error': ['error', { allowThrowingAny: false, allowThrowingUnknown: true }], // a signal's reason is unknown
      'rxjs-x/finnish': 'off', // `$` marks a stream that spends, not each Observable
    },
  },
  {
    files: ['lib/**/*.ts'],
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...grammar, newObservable],
    },
  },
  {
    files: edges,
    rules: {
      'no-restricted-syntax': ['error', ...grammar],
      '@typescript-eslint/no-unnecessary-condition': 'off', // TypeScript does not see a callback change a local
    },
  },
  {
    // Time and chance are given (`now`, `random`) or rxjs's, so that a spec can run them in virtual time.
    files: ['lib/**/*.ts'],
    ignores: ['lib/transport/**', 'lib/testing/**'],
    rules: { 'no-restricted-globals': ['error', ...['setTimeout', 'setInterval', 'setImmediate'].map(timer)] },
  },
  {
    files: ['lib/**/*.ts'],
    ignores: ['lib/transport/**', 'lib/testing/**', 'lib/node/**', 'lib/cli/**', ...defaults],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Use the `now` (monotonic) or `wallNow` of the config.' },
        { object: 'performance', property: 'now', message: 'Use the `now` of the config.' },
        { object: 'Math', property: 'random', message: 'Use the `random` of the config.' },
      ],
    },
  },
  {
    // Rows hold the failures; what errors all the same is rxjs's to report, and ends the program.
    files: ['examples/**/*.ts'],
    rules: { 'rxjs-x/no-ignored-error': 'off', 'rxjs-x/no-ignored-default-value': 'off' },
  },
  {
    files: ['spec/**/*.ts'],
    extends: [jest.configs['flat/recommended']],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A parsed body and jest's matchers are `any`; what is read from them is asserted at once.
      ...Object.fromEntries(
        ['argument', 'assignment', 'call', 'member-access', 'return'].map((use) => [
          `@typescript-eslint/no-unsafe-${use}`,
          'off',
        ]),
      ),
      'rxjs-x/no-ignored-error': 'off', // an error that nobody expects fails the spec
      'rxjs-x/no-nested-subscribe': 'off', // subscribing from inside is what some specs are about
      'jest/expect-expect': [
        'error',
        { assertFunctionNames: ['expect', 'expectObservable', 'expectSubscriptions', 'expectTypeOf', 'fc.assert'] },
      ],
      'jest/no-disabled-tests': 'error',
    },
  },
  { files: ['**/*.{js,mjs,cjs}'], languageOptions: { globals: globals.node } },
);
