import type { Socket } from 'node:net';
import { browserSite } from '../support/browser-site';
import { chunkOf, eventStream } from '../support/event-stream';
import { rawReply } from '../support/raw-reply';
import { scriptedServer } from '../support/scripted-server';
import { until } from '../support/until';

/** A call that waits for what the spec has to say: a whole answer, or a stream piece by piece. */
interface AskedCall {
  readonly answer: (content: string) => void;
  readonly send: (piece: string) => void;
  readonly end: () => void;
}

export interface AskedProvider {
  readonly baseURL: string;
  /** Resolves when so many calls are under way, with them in the order of their prompts. */
  readonly asked: (count: number) => Promise<readonly AskedCall[]>;
  readonly close: () => Promise<void>;
}

/** A server that speaks OpenAI's chat completions, to pages of any origin, and answers when it is told to. */
export async function askedProvider(): Promise<AskedProvider> {
  const calls = new Map<string, AskedCall>();
  const provider = await scriptedServer((socket, { body }) => {
    calls.set(JSON.parse(body).messages[0].content, callOn(socket));
  });
  const site = await browserSite({ program: '', provider: provider.url });
  return {
    baseURL: `${site.url}/v1`,
    asked: async (count) => {
      await until(`${String(count)} are asked`, () => calls.size === count, 20_000);
      return [...calls.keys()].sort().map((prompt) => calls.get(prompt)!);
    },
    close: async () => {
      await site.close();
      await provider.close();
    },
  };
}

function callOn(socket: Socket): AskedCall {
  let isBegun = false;
  return {
    answer: (content) => {
      const message = { role: 'assistant', content };
      socket.write(rawReply(JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }] })));
    },
    send: (piece) => {
      if (!isBegun) socket.write(eventStream([], { isWhole: false }));
      isBegun = true;
      socket.write(chunkOf(said({ delta: { content: piece } })));
    },
    end: () => {
      socket.write(chunkOf(`${said({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`));
      socket.write(chunkOf(''));
    },
  };
}

function said(choice: object): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`;
}
