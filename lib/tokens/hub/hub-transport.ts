/** Node's. The build leaves this import to the `imports` map of package.json (`#hub-transport`), which gives everyone else `./hub-transport-fetch`. */
export { hubTransport } from './hub-transport-axios';
