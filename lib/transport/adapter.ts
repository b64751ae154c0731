/** Node's. The build leaves this import to the `imports` map of package.json (`#adapter`), which gives everyone else `./adapter-fetch`. */
export { createAdapter } from './adapter-undici';
