import type { Fault } from './choose-fault';
import type { PacedReply } from './paced-reply';
import { slowly } from './slowly';
import type { HttpReply } from './wire-format';

/** A whole reply as a fault leaves it; faults of streams do nothing to it. */
export function spoilReply(reply: HttpReply, fault: Fault | undefined): HttpReply | PacedReply {
  const { body } = reply;
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...reply.headers,
  };
  switch (fault) {
    case 'malformed':
      return { ...reply, body: body.slice(0, -Math.ceil(body.length / 3)) };
    case 'slowBody':
      return { headers, parts: slowly(body), ending: 'end' };
    case 'cut': {
      const bytes = Buffer.from(body);
      return { headers, parts: [{ bytes: bytes.subarray(0, Math.ceil(bytes.length / 2)), dueMs: 0 }], ending: 'cut' };
    }
    default:
      return reply;
  }
}
