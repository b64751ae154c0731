import { readFileSync } from 'node:fs';
import typescript from '@rollup/plugin-typescript';
import dts from 'rollup-plugin-dts';

// Why two builds for import: fp-ts and io-ts have no `exports`, so Node must be given their CommonJS files by full path,
// while a bundler shakes `fp-ts/Either` down to what is used (DECISIONS 1).

const { dependencies, peerDependencies } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));

/** A key is the output's path under dist/<build>/, its value the source. One for each key of package.json's `exports`. */
const input = {
  index: 'lib/index.ts',
  'testing/index': 'lib/testing/index.ts',
  'node/index': 'lib/node/index.ts',
  'tokens/index': 'lib/tokens/index.ts',
  'angular/index': 'lib/angular/index.ts',
};

/** The program: only as a module for Node. */
const bin = { 'cli/main': 'lib/cli/main.ts' };

/** Leaves out of a build what nobody can reach there: every module is a file of its own, so whole folders can go. */
const without = (...folders) => ({
  name: 'without',
  generateBundle(_options, bundle) {
    for (const file of Object.keys(bundle)) if (folders.some((folder) => file.startsWith(folder))) delete bundle[file];
  },
});

/** Reached through `imports` of package.json: one for Node, one for everything else. In the source, specs included, it is Node's. */
const byEnvironment = {
  'transport/adapter-undici': 'lib/transport/adapter-undici.ts',
  'transport/adapter-fetch': 'lib/transport/adapter-fetch.ts',
  'tokens/hub/hub-transport-axios': 'lib/tokens/hub/hub-transport-axios.ts',
  'tokens/hub/hub-transport-fetch': 'lib/tokens/hub/hub-transport-fetch.ts',
  'tokens/local/local-files-node': 'lib/tokens/local/local-files-node.ts',
  'tokens/local/local-files-none': 'lib/tokens/local/local-files-none.ts',
};
const leaveToImportsMap = {
  name: 'leave-to-imports-map',
  resolveId: (id) => {
    const name = /^\..*\/(adapter|hub-transport|local-files)$/.exec(`.${id}`)?.[1];
    return name === undefined ? null : { id: `#${name}`, external: true };
  },
};

const packages = Object.keys({ ...dependencies, ...peerDependencies });
const external = (id) => id.startsWith('node:') || packages.some((name) => id === name || id.startsWith(`${name}/`));

const paths = (id) => id.replace(/^(fp-ts|io-ts)\/(?!lib\/|es6\/)([A-Za-z]+)$/, '$1/lib/$2.js');

const js = (build, format, extension, options) => ({
  dir: `dist/${build}`,
  format,
  entryFileNames: `[name].${extension}`,
  chunkFileNames: `[name].${extension}`,
  preserveModules: true, // io-ts codecs are calls that no bundler can prove pure: only in files of their own are they dropped
  preserveModulesRoot: 'lib',
  sourcemap: true,
  interop: 'auto',
  exports: 'named',
  generatedCode: { preset: 'es2015', symbols: true },
  ...options,
});

const types = (build, extension) => ({
  dir: `dist/${build}`,
  format: 'es',
  entryFileNames: `[name].${extension}`,
  chunkFileNames: `shared/[name]-[hash].${extension}`,
  paths,
});

const compilerOptions = {
  noEmit: false,
  declaration: false,
  declarationMap: false,
  inlineSources: true, // else the maps hold no source, and a stack under --enable-source-maps shows dist/
  types: ['node'],
};

export default [
  {
    input: { ...input, ...bin, ...byEnvironment },
    external,
    treeshake: { moduleSideEffects: false },
    plugins: [
      leaveToImportsMap,
      typescript({
        tsconfig: './tsconfig.json',
        include: ['lib/**/*.ts'],
        noEmitOnError: true, // else a type error is a warning and the build exits 0
        compilerOptions,
      }),
    ],
    output: [
      js('browser', 'es', 'mjs', { plugins: [without('cli/', 'node/')] }),
      js('esm', 'es', 'mjs', { paths }),
      js('cjs', 'cjs', 'cjs', { paths, plugins: [without('cli/')] }),
    ],
  },
  {
    input,
    external,
    plugins: [dts({ tsconfig: './tsconfig.json' })],
    output: [types('esm', 'd.mts'), types('cjs', 'd.cts')],
  },
];
