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
 */
export function connector(): Connector {
  // It does return the socket, though its type says `void`.
  const open: (...args: Parameters<buildConnector.connector>) => unknown = buildConnector({
    timeout: 0,
    socketPath: null,
  });
  let opened: Socket | undefined;
  return {
    connect: (options, callback) => {
      const socket: unknown = open(options, callback); // it does return it
      opened = socket instanceof Socket ? socket : undefined;
    },
    socketOf: (dispatch) => {
      opened = undefined;
      dispatch();
      return opened;
    },
  };
}
