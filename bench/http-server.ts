import { reply } from './contenders/exchange';
import { loopback } from './loopback/loopback';

const body = JSON.stringify(reply);
const answer = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`,
);

loopback((socket) => {
  socket.write(answer);
});
