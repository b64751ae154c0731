import { fork } from 'node:child_process';
import { once } from 'node:events';
import { compiled } from './compile';

export interface Child {
  /** Sends a message, if given, and waits for the next one from the child. Rejects when the child has ended. */
  readonly ask: (message?: object) => Promise<unknown>;
  readonly stop: () => void;
}

/** Starts one of the compiled entries as a process of its own. */
export function startChild(entry: string, args: readonly string[], execArgv: readonly string[] = []): Child {
  const child = fork(new URL(`${entry}.js`, compiled), args, { execArgv: [...execArgv] });
  const ended = once(child, 'exit').then(([code]): never => {
    throw new Error(`${entry} ${args.join(' ')} ended with ${String(code)}`);
  });
  ended.catch(() => undefined); // it is news only to who waits for an answer
  return {
    ask: (message) => {
      const answer = once(child, 'message').then(([first]: readonly unknown[]) => first);
      if (message !== undefined) child.send(message, () => undefined); // a failure to send is an end
      return Promise.race([answer, ended]);
    },
    stop: () => {
      if (child.connected) child.disconnect();
    },
  };
}
