import { axiosTransport } from '../../lib/transport/axios';
import { callTo } from '../support/call-to';
import { closing } from '../support/closing';
import { oneReply } from '../support/one-reply';
import { pause } from '../support/pause';
import { rawReply } from '../support/raw-reply';
import { scriptedServer, type ScriptedServer } from '../support/scripted-server';
import { until } from '../support/until';

describe('the sockets of aborted calls', () => {
  const opened = closing();
  /** Answers none of the first calls. */
  const silentFor = async (calls: number): Promise<ScriptedServer> =>
    opened(
      await scriptedServer((socket, { index }) => {
        if (index >= calls) socket.write(rawReply('{}', { headers: { 'keep-alive': 'timeout=600' } }));
      }),
    );

  it('are not replaced, and the others stay', async () => {
    const server = await silentFor(4);
    const { transport } = opened(axiosTransport());
    const calls = [0, 1, 2, 3].map(() => transport(callTo(server.url)).subscribe({ error: () => undefined }));
    await until('four are in flight', () => server.requests.length === 4);

    calls[0]?.unsubscribe();
    calls[1]?.unsubscribe();
    await until('two sockets are closed', () => server.openSockets() === 2);
    await pause(100);
    expect([server.connections(), server.openSockets()]).toEqual([4, 2]);

    expect(await oneReply(transport(callTo(server.url)))).toMatchObject({ status: 200 });
    expect(server.connections()).toBe(5);
    calls[2]?.unsubscribe();
    calls[3]?.unsubscribe();
    await until('only the idle one is open', () => server.openSockets() === 1);
    expect(await oneReply(transport(callTo(server.url)))).toMatchObject({ status: 200 });
    expect(server.connections()).toBe(5);
  });

  it('are replaced when another call needs one at once', async () => {
    const server = await silentFor(1);
    const { transport } = opened(axiosTransport());
    const call = transport(callTo(server.url)).subscribe({ error: () => undefined });
    await until('it is in flight', () => server.requests.length === 1);
    call.unsubscribe();
    const replies = [1, 2, 3].map(() => oneReply(transport(callTo(server.url))));
    expect((await Promise.all(replies)).map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});
