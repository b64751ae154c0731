import Anthropic from '@anthropic-ai/sdk';
import { map } from 'fp-ts/Either';
import { anthropic } from '../../../lib/provider/anthropic/anthropic';
import { answerIn } from '../answer-in';
import { chunksOf } from '../chunks-of';
import { eventsOf } from '../events-of';
import { anthropicMessages } from '../fixtures/anthropic-messages';
import { anthropicStreams } from '../fixtures/anthropic-streams';
import { meaningOf } from '../meaning-of';
import { replyOf } from '../reply-of';

const provider = anthropic({ model: 'claude-sonnet-4-5', apiKey: 'not-a-key' });
const names = Object.keys(anthropicMessages) as (keyof typeof anthropicMessages)[];

function replayed(stream: string): Promise<Anthropic.Message> {
  const client = new Anthropic({
    apiKey: 'not-a-key',
    maxRetries: 0,
    fetch: () => Promise.resolve(new Response(stream, { headers: { 'content-type': 'text/event-stream' } })),
  });
  return client.messages
    .stream({ model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'hello' }] })
    .finalMessage();
}

describe("Anthropic's own client", () => {
  it.each(names)('makes the same of a stream: %s', async (name) => {
    const theirs = provider.toCompletion(replyOf(200, await replayed(anthropicStreams[name])));
    const ours = map(answerIn)(chunksOf(provider, eventsOf(anthropicStreams[name])));
    expect(map(meaningOf)(ours)).toEqual(map(meaningOf)(theirs));
  });

  it('fails where a stream is cut off, and where it holds an error, too', async () => {
    const cut = anthropicStreams.text.slice(0, -60);
    await expect(replayed(cut)).rejects.toThrow();
    expect(chunksOf(provider, eventsOf(cut.slice(0, cut.lastIndexOf('\n\n'))))).toMatchObject({ _tag: 'Left' });
    await expect(replayed(anthropicStreams.overloaded)).rejects.toThrow('overloaded_error');
  });
});
