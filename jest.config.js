export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/spec'],
  testMatch: ['**/*.spec.ts'],
  workerIdleMemoryLimit: '1GB', // jest adds a hook on every promise for each file that a worker has run: after two hundred, a million promises took ten times as long
  testTimeout: 120_000, // ends only what hangs: a machine may be slow, and stand still for seconds
  transform: {
    '^.+\\.ts$': [
      'ts-jest',
      {
        tsconfig: {
          module: 'CommonJS',
          moduleResolution: 'Bundler',
          verbatimModuleSyntax: false,
          isolatedModules: true,
          noEmit: false,
          declaration: false,
          declarationMap: false,
          sourceMap: true,
          importHelpers: true,
        },
      },
    ],
    '/node_modules/@(angular|ngrx)/.+\\.mjs$': '<rootDir>/spec/support/module-as-commonjs.mjs',
  },
  transformIgnorePatterns: ['/node_modules/(?!@(angular|ngrx)/.+\\.mjs$)'],
  collectCoverageFrom: ['lib/**/*.ts'],
  coverageProvider: 'babel',
  coverageReporters: ['text-summary', 'lcov'],
};
