/** Node's. The build leaves this import to the `imports` map of package.json (`#local-files`), which gives everyone else `./local-files-none`. */
export { localFiles } from './local-files-node';
