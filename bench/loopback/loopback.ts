import { createServer, type AddressInfo, type Socket } from 'node:net';

const endOfHead = '\r\n\r\n';

/**
 * The other end of the loopback, as lean as it can be, so that a client and not the server is what limits a run: no HTTP
 * parser, the same reply to every request. It reads `content-length`, which all contenders send. Tells its parent where it listens.
 */
export function loopback(reply: (socket: Socket) => void): void {
  const serve = (socket: Socket): void => {
    let unread = '';
    socket.setNoDelay().setEncoding('latin1'); // a character a byte
    socket.on('data', (piece: string) => {
      unread += piece;
      for (let size = requestSize(unread); size <= unread.length; size = requestSize(unread)) {
        unread = unread.slice(size);
        reply(socket);
      }
    });
    socket.on('error', () => {
      socket.destroy(); // a client that goes away is no news
    });
  };
  const server = createServer(serve).listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.send?.(`http://127.0.0.1:${String(port)}`);
  });
  process.once('disconnect', () => process.exit());
}

/** Bytes of the first request in `text`; Infinity while its head is not whole. */
function requestSize(text: string): number {
  const end = text.indexOf(endOfHead);
  if (end === -1) return Infinity;
  const length = /content-length: ?(\d+)/i.exec(text)?.[1];
  if (length === undefined) throw new Error('a request without content-length');
  return end + endOfHead.length + Number(length);
}
