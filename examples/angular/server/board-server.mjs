import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { startSimulation } from './simulation.mjs';
import { staticFiles } from './static-files.mjs';

const built = fileURLToPath(new URL('../dist/browser', import.meta.url));

/**
 * Serves the built page on 127.0.0.1 together with the simulated providers:
 *
 * - `GET /simulation`: where the providers are;
 * - `POST /simulation`, `{ "faults": ["errors", …] }`: starts them anew with these faults;
 * - `GET /simulation/stats`: what each has seen since.
 */
export async function startBoard(port) {
  const files = staticFiles(built);
  const simulation = await startSimulation();

  const answer = async (request, response) => {
    const json = (value) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    const asked = `${request.method} ${request.url.replace(/\?.*/, '')}`;
    if (asked === 'GET /simulation/stats') return json(simulation.stats());
    if (asked === 'GET /simulation') return json({ deployments: simulation.deployments() });
    if (asked === 'POST /simulation') {
      const { faults } = JSON.parse(await text(request));
      await simulation.restart(faults);
      return json({ deployments: simulation.deployments() });
    }
    const file = files.get(asked.replace(/^GET /, ''));
    if (file === undefined) return response.writeHead(404).end();
    return response.setHeader('content-type', file.type).end(file.body);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.writeHead(400).end(error.message));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await simulation.close();
    },
  };
}
