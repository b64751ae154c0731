import { getAdapter } from 'axios';
import { Agent } from 'undici';
import type { ClosableAdapter } from './closable-adapter';
import { connector } from './connector';
import { needsHttpAdapter } from './needs-http-adapter';
import { undiciCall } from './undici-call';
import { undiciSend } from './undici-send';

/**
 * For Node: axios over undici, at a third of the cost of its own http adapter. A call that undici would not make in the same way (an axios stream,
 * an agent, a proxy, basic authentication, …) goes to axios's own, so that a user's configuration keeps its meaning.
 * Keep-alive with as many sockets as there are calls (what bounds those is not the transport), no pipelining, no clock of its own.
 * Idle sockets close after 4 s, or when the server says so, and do not keep the process alive.
 */
export function createAdapter(): ClosableAdapter {
  const sockets = connector();
  const open = (): Agent => new Agent({ connect: sockets.connect, headersTimeout: 0, bodyTimeout: 0 });
  let agent = open();
  return {
    adapter: (config) => (needsHttpAdapter(config) ? getAdapter('http')(config) : undiciCall(config, agent, sockets)),
    send: (config) => (needsHttpAdapter(config) ? undefined : undiciSend(config, agent, sockets)),
    close: () => {
      void agent.close();
      agent = open();
    },
  };
}
