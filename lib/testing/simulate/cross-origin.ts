import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Lets pages of every origin ask, and read what the library reads of a reply.
 * Gives whether the request was only a browser's question whether it may ask: it has been answered.
 */
export function crossOrigin({ method, headers }: IncomingMessage, response: ServerResponse): boolean {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', '*');
  const isQuestion = method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
  if (isQuestion) {
    response.setHeader('access-control-allow-headers', headers['access-control-request-headers'] ?? '');
    response.setHeader('access-control-allow-methods', 'GET, POST');
    response.setHeader('access-control-max-age', '600');
    response.writeHead(204).end();
  }
  return isQuestion;
}
