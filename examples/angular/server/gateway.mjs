import { once } from 'node:events';
import { createServer, request as send } from 'node:http';

/**
 * Starts a server on 127.0.0.1 that passes on what it is asked to the provider at `target()`, which may change while its own address stays.
 * Each has a port of its own, because a browser opens six connections to one host and port, and no more.
 */
export async function startGateway(target) {
  const server = createServer((request, response) => {
    forward(request, response, target());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Passes a request on as it comes, and its end, whichever side it comes from: a page that leaves, a provider that resets. */
function forward(request, response, target) {
  const { method, headers, url } = request;
  const onward = send(new URL(url, target), { method, headers: { ...headers, host: new URL(target).host } });
  onward.once('response', (reply) => {
    response.writeHead(reply.statusCode, reply.headers);
    response.flushHeaders();
    reply.pipe(response);
    reply.once('error', () => response.destroy());
  });
  onward.once('error', () => response.destroy());
  response.once('close', () => onward.destroy());
  request.pipe(onward);
}
