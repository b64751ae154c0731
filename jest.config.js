export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/spec'],
  testMatch: ['**/*.spec.ts'],
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
