import { type ChildProcess, fork } from 'node:child_process';
import { compiled } from './compile';

export interface Child {
  /** Sends a message, if given, and waits for the next one from the child. */
  readonly ask: (message?: object) => Promise<unknown>;
  readonly stop: () => void;
}

/** Starts one of the compiled entries as a process of its own. */
export function startChild(entry: string, args: readonly string[], execArgv: readonly string[] = []): Child {
  const child = fork(new URL(`${entry}.js`, compiled), args, { execArgv: [...execArgv] });
  return {
    ask: (message) => {
      const answer = nextMessage(child, `${entry} ${args.join(' ')}`);
      if (message !== undefined) child.send(message);
      return answer;
    },
    stop: () => {
      child.disconnect();
    },
  };
}

function nextMessage(child: ChildProcess, what: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (code: number | null): void => {
      reject(new Error(`${what} ended with ${String(code)}`));
    };
    child.once('exit', fail);
    child.once('message', (message) => {
      child.off('exit', fail);
      resolve(message);
    });
  });
}
