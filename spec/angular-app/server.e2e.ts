import { spawnSync } from 'node:child_process';
import { closing } from '../support/closing';
import { openBoard } from './board';

describe('the server of the board', () => {
  const opened = closing();

  it('ends with all it has started when it is interrupted', async () => {
    const board = opened(await openBoard());
    const { deployments } = (await (await fetch(`${board.url}simulation`)).json()) as {
      deployments: readonly { readonly baseURL: string }[];
    };
    expect(deployments.length).toBe(4);
    expect(await board.interrupt()).toBe(0);
    for (const { baseURL } of [{ baseURL: board.url }, ...deployments]) {
      await expect(fetch(baseURL)).rejects.toThrow('fetch failed');
    }
  });

  it('says in a line that something else has its port', async () => {
    const board = opened(await openBoard());
    const { port } = new URL(board.url);
    const second = spawnSync(process.execPath, ['examples/angular/server/serve.mjs', '--port', port], {
      encoding: 'utf8',
    });
    expect([second.status, second.stderr]).toEqual([
      1,
      `The board cannot be at --port ${port} (something else is there): take another one, or none for any free one\n`,
    ]);
  });

  it.each(['abc', '70000', '-1', '1.5', ''])('says in a line what would be right in place of --port %p', (port) => {
    for (const args of [['--port', port], [`--port=${port}`]]) {
      const { status, stderr } = spawnSync(process.execPath, ['examples/angular/server/serve.mjs', ...args], {
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([
        1,
        `${args.join(' ')}: the port must be a whole number from 0 to 65535; without it, it is any free one\n`,
      ]);
    }
  });
});
