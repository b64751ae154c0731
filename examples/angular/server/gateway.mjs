import { once } from 'node:events';
import { createServer, request as send } from 'node:http';

/** What a page of another origin may read and send. Without `retry-after` a page would not know how long a provider wants it to wait. */
const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-expose-headers': 'retry-after, retry-after-ms, x-request-id',
  'access-control-max-age': '600',
};

/**
 * Starts a server on 127.0.0.1 that lets pages of any origin ask the provider at `target()`, as providers' own servers do.
 * Each has a port of its own, because a browser opens six connections to one host and port, and no more.
 */
export async function startGateway(target) {
  const server = createServer((request, response) => {
    if (request.method === 'OPTIONS') response.writeHead(204, cors).end();
    else forward(request, response, target());
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
    response.writeHead(reply.statusCode, { ...reply.headers, ...cors });
    response.flushHeaders();
    reply.pipe(response);
    reply.once('error', () => response.destroy());
  });
  onward.once('error', () => response.destroy());
  response.once('close', () => onward.destroy());
  request.pipe(onward);
}
