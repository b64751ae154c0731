import { streamedEvents } from './contenders/streamed-exchange';
import { loopback } from './loopback/loopback';

const head =
  'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ncache-control: no-cache\r\ntransfer-encoding: chunked\r\n\r\n';

/** In pieces of so many bytes; 0: each event by itself. */
const pieceBytes = Number(process.argv[2]);

const pieces = pieceBytes === 0 ? streamedEvents.map((event) => Buffer.from(event)) : cut(streamedEvents.join(''));
const writes = pieces.map((piece, place) =>
  Buffer.concat([
    Buffer.from(`${place === 0 ? head : ''}${piece.length.toString(16)}\r\n`),
    piece,
    Buffer.from(place === pieces.length - 1 ? '\r\n0\r\n\r\n' : '\r\n'),
  ]),
);

function cut(text: string): readonly Buffer[] {
  const bytes = Buffer.from(text);
  const count = Math.ceil(bytes.length / pieceBytes);
  return [...Array(count).keys()].map((place) => bytes.subarray(place * pieceBytes, (place + 1) * pieceBytes));
}

// Every open stream gets its next piece in turn, and none gets two at once.
loopback((socket) => {
  let next = 0;
  const write = (): void => {
    const piece = writes[next++];
    if (piece === undefined || socket.destroyed) return;
    socket.write(piece);
    setImmediate(write);
  };
  write();
});
