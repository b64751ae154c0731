import * as fc from 'fast-check';
import { isLeft, map, right } from 'fp-ts/Either';
import type { Completion } from '../../../lib/domain/completion';
import type { Message } from '../../../lib/domain/request';
import { anthropic } from '../../../lib/provider/anthropic/anthropic';
import type { StreamEvent } from '../../../lib/transport/transport';
import { answerIn } from '../answer-in';
import { chunksOf } from '../chunks-of';
import { eventsOf } from '../events-of';
import { anthropicMessages } from '../fixtures/anthropic-messages';
import { anthropicStreams } from '../fixtures/anthropic-streams';
import { meaningOf } from '../meaning-of';
import { replyOf } from '../reply-of';

const provider = anthropic({ model: 'claude-sonnet-4-5', apiKey: 'not-a-key' });

type Block = Readonly<Record<string, unknown>> & { readonly type: string };

const whole = (content: readonly Block[]) => provider.toCompletion(replyOf(200, { content, stop_reason: 'tool_use' }));

/** The blocks of an assistant's message as they are sent. */
function sent(message: Message, to = provider): readonly Block[] {
  const messages: readonly Message[] = [{ role: 'user', content: 'hello' }, message];
  const call = to.toCall({ messages }, { stream: false });
  if (isLeft(call)) throw call.left;
  const body = JSON.parse(call.right.body) as { messages: readonly { content: readonly Block[] }[] };
  return body.messages[1]?.content ?? [];
}

function messageIn(completion: ReturnType<typeof whole>): Completion['choices'][0]['message'] {
  if (isLeft(completion)) throw completion.left;
  return completion.right.choices[0].message;
}

const thinking = fc.record({ type: fc.constant('thinking'), thinking: fc.string(), signature: fc.string() });
const redacted = fc.record({ type: fc.constant('redacted_thinking'), data: fc.string() });
const tool = fc.record({
  type: fc.constant('tool_use'),
  id: fc.stringMatching(/^toolu_\w{1,9}$/),
  name: fc.constantFrom('now', 'weather'),
  input: fc.record({ city: fc.string() }),
});
const text = fc.record({ type: fc.constant('text'), text: fc.string({ minLength: 1 }) });

/** The events of a block, its texts in pieces of two characters. */
function eventsOfBlock(block: Block, index: number): readonly Block[] {
  const pieces = (json: unknown) => String(json).match(/[^]{1,2}/g) ?? [];
  const [begin, deltas] =
    block.type === 'thinking'
      ? [
          { type: 'thinking', thinking: '', signature: '' },
          [
            ...pieces(block['thinking']).map((piece) => ({ type: 'thinking_delta', thinking: piece })),
            { type: 'signature_delta', signature: block['signature'] },
          ],
        ]
      : block.type === 'text'
        ? [{ ...block, text: '' }, pieces(block['text']).map((piece) => ({ type: 'text_delta', text: piece }))]
        : block.type === 'tool_use'
          ? [
              { ...block, input: {} },
              pieces(JSON.stringify(block['input'])).map((json) => ({ type: 'input_json_delta', partial_json: json })),
            ]
          : [block, []];
  return [
    { type: 'content_block_start', index, content_block: begin },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
}

function streamed(blocks: readonly Block[]) {
  const events = [
    { type: 'message_start', message: {} },
    ...blocks.flatMap(eventsOfBlock),
    { type: 'message_delta', delta: { stop_reason: 'tool_use' } },
    { type: 'message_stop' },
  ].map((event): StreamEvent => ({ type: event.type, data: right(event) }));
  return map(answerIn)(chunksOf(provider, events, replyOf(200, undefined)));
}

describe('thinking before a call of a tool', () => {
  it('is handed back as it came, before the call that it led to', () => {
    const { content } = anthropicMessages.thoughtfulTools;
    const completions = [
      provider.toCompletion(replyOf(200, anthropicMessages.thoughtfulTools)),
      map(answerIn)(chunksOf(provider, eventsOf(anthropicStreams.thoughtfulTools))),
    ];
    expect(completions.map((completion) => sent(messageIn(completion)))).toEqual([content, content]);
  });

  it('outlives JSON', () => {
    const message = messageIn(provider.toCompletion(replyOf(200, anthropicMessages.thoughtfulTools)));
    expect(sent(JSON.parse(JSON.stringify(message)) as Message)).toEqual(anthropicMessages.thoughtfulTools.content);
  });

  it('stands before the text, where Anthropic wants it', () => {
    const thought = { type: 'thinking', thinking: 'Hm.', signature: 'Eq' };
    const call = { type: 'tool_use', id: 'toolu_1', name: 'now', input: {} };
    const word = { type: 'text', text: 'Well,' };
    expect(sent(messageIn(whole([word, thought, call])))).toEqual([thought, word, call]);
  });

  it('is for the model that thought it alone: others refuse its signature', () => {
    const other = anthropic({ model: 'claude-opus-4-5', apiKey: 'not-a-key' });
    const { content } = anthropicMessages.thoughtfulTools;
    const completions = [
      provider.toCompletion(replyOf(200, anthropicMessages.thoughtfulTools)),
      map(answerIn)(chunksOf(provider, eventsOf(anthropicStreams.thoughtfulTools))),
    ];
    const unthought = content.filter((block) => 'text' in block || 'input' in block);
    expect(completions.map((completion) => sent(messageIn(completion), other))).toEqual([unthought, unthought]);
  });

  it('is not kept of an answer that calls nothing', () => {
    expect(JSON.stringify(messageIn(whole([...anthropicMessages.thinking.content] as Block[])))).not.toContain('EqQB');
  });

  it.each([
    ['nothing', undefined],
    ["another vendor's", { google: { thought_signature: 'EpEg' } }],
    ['no list', { anthropic: { model: 'claude-sonnet-4-5', thinking_blocks: 'EqQB' } }],
    [
      'no thinking',
      {
        anthropic: {
          model: 'claude-sonnet-4-5',
          thinking_blocks: [null, { type: 'text', text: 'x' }, { type: 'thinking' }],
        },
      },
    ],
    ["nobody's", { anthropic: { thinking_blocks: [{ type: 'redacted_thinking', data: 'EmwK' }] } }],
  ])('is not made up from %s', (_, extra) => {
    const call = { id: 'toolu_1', type: 'function' as const, function: { name: 'now', arguments: '{}' } };
    expect(sent({ role: 'assistant', tool_calls: [{ ...call, extra_content: extra }] })).toEqual([
      { type: 'tool_use', id: 'toolu_1', name: 'now', input: {} },
    ]);
  });

  it('is the same streamed as in one piece, and comes back whole', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(thinking, redacted, text, tool), { maxLength: 12 }), tool, (blocks, last) => {
        const all = [...blocks, last];
        const ours = whole(all);
        expect(map(meaningOf)(streamed(all))).toEqual(map(meaningOf)(ours));
        const apart = (some: readonly Block[]) => some.filter(({ type }) => type !== 'text');
        expect(apart(sent(messageIn(ours)))).toEqual(apart(all));
      }),
    );
  });
});
