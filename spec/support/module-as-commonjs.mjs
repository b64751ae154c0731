import { transformSync } from 'esbuild';

const options = { format: 'cjs', target: 'node20', supported: { 'dynamic-import': false } };

/** For jest, which loads CommonJS: a package that is published as modules only. */
export default { process: (source) => ({ code: transformSync(source, options).code }) };
