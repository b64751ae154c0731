import { left, right } from 'fp-ts/Either';
import type { BodyProblem, Reply } from '../../lib/transport/transport';

/** A reply as a transport would hand it over. */
export function replyOf(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, body: right(body) };
}

/** A reply whose body is no JSON. */
export function unreadableReply(status: number, kind: BodyProblem['kind'], text = ''): Reply {
  return { status, headers: {}, body: left({ kind, text }) };
}
