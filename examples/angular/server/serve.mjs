// Serves the built page and the simulated providers until it is interrupted. `--port 4200`; by default any free one.
import { askedPort } from './asked-port.mjs';
import { startBoard } from './board-server.mjs';

const port = askedPort();
const board = await startBoard(port).catch((error) => {
  const why = error.code === 'EADDRINUSE' ? 'something else is there' : error.code;
  console.error(`The board cannot be at --port ${port} (${why}): take another one, or none for any free one`);
  process.exit(1);
});
console.log(`The board is at ${board.url} (Ctrl-C ends it and the simulated providers)`);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void board.close());
}
