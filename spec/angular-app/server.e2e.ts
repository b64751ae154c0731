import { openBoard } from './board';

describe('the server of the board', () => {
  it('ends with all it has started when it is interrupted', async () => {
    const board = await openBoard();
    const { deployments } = (await (await fetch(`${board.url}simulation`)).json()) as {
      deployments: readonly { readonly baseURL: string }[];
    };
    expect(deployments.length).toBe(4);
    expect(await board.interrupt()).toBe(0);
    for (const { baseURL } of [{ baseURL: board.url }, ...deployments]) {
      await expect(fetch(baseURL)).rejects.toThrow('fetch failed');
    }
    await board.close();
  });
});
