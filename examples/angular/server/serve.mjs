// Serves the built page and the simulated providers until it is interrupted. `--port 4200`; by default any free one.
import { parseArgs } from 'node:util';
import { startBoard } from './board-server.mjs';

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
const board = await startBoard(Number(values.port));
console.log(`The board is at ${board.url} (Ctrl-C ends it and the simulated providers)`);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void board.close());
}
