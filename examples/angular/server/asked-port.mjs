import { parseArgs } from 'node:util';

const options = { port: { type: 'string', default: '0' }, 'build-only': { type: 'boolean' } };

/** The `--port` of the command line; 0, which stands for any free one, by default. What is none ends the program, with a line. */
export function askedPort() {
  const asked = process.argv.slice(2);
  try {
    const { port } = parseArgs({ options }).values;
    if (/^\d+$/.test(port) && Number(port) <= 65_535) return Number(port);
  } catch {
    // an option that there is not, or a value like -1
  }
  console.error(`${asked.join(' ')}: the port must be a whole number from 0 to 65535; without it, it is any free one`);
  process.exit(1);
}
