import { Socket } from 'node:net';
import { buildConnector } from 'undici';

/** Opens sockets for undici, and can say which one it opened last. */
export interface Connector {
  readonly connect: buildConnector.connector;
  /** Forgets the last socket, runs `dispatch`, and gives the socket that it had to open, if any. */
  readonly socketOf: (dispatch: () => void) => Socket | undefined;
}

/**
 * undici's own connector, watched: a request that is aborted while its socket is still connecting or shaking hands has no controller yet,
 * so the socket itself must be destroyed. It has no clock of its own (the attempt's is ours), and an own `socketPath`,
 * which undici would otherwise read from a polluted `Object.prototype`.
 *
 * When the socket of an aborted request has closed, undici opens another for it before it sees that nobody wants it any more:
 * that one is refused.
 */
export function connector(): Connector {
  // It does return the socket, though its type says `void`.
  const open: (...args: Parameters<buildConnector.connector>) => unknown = buildConnector({
    timeout: 0,
    socketPath: null,
  });
  let opened: Socket | undefined;
  let isClosingAborted = false;

  /** Heard before undici hears it, and asks for another socket in the same breath. */
  const closed = (socket: Socket): void => {
    isClosingAborted = socket.errored?.message === 'aborted';
    queueMicrotask(() => {
      isClosingAborted = false;
    });
  };

  return {
    connect: (options, callback) => {
      if (isClosingAborted) {
        callback(new Error('aborted'), null);
        return;
      }
      const socket = open(options, callback);
      opened = socket instanceof Socket ? socket : undefined;
      if (opened !== undefined) opened.once('close', closed.bind(undefined, opened));
    },
    socketOf: (dispatch) => {
      opened = undefined;
      dispatch();
      return opened;
    },
  };
}
