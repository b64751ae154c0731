import { transformSync } from 'esbuild';

/** For jest, which loads CommonJS: a package that is published as modules only. */
export default {
  process: (source) => ({ code: transformSync(source, { format: 'cjs', target: 'node20' }).code }),
};
