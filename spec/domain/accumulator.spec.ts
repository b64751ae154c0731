import * as fc from 'fast-check';
import { accumulator } from '../../lib/domain/accumulator';
import { asChunk } from '../../lib/domain/as-chunk';
import type { ChunkChoice, CompletionChunk } from '../../lib/domain/chunk';
import type { Completion } from '../../lib/domain/completion';

const chunk = (...choices: readonly ChunkChoice[]): CompletionChunk => ({ id: 'c', created: 7, model: 'm', choices });
const usage = { promptTokens: 3, completionTokens: 2, totalTokens: 5 };

function whole(...chunks: readonly CompletionChunk[]): Completion | undefined {
  const all = accumulator();
  chunks.forEach(all.add);
  return all.completion();
}

describe('accumulator', () => {
  it('joins what belongs together, and takes the usage and the end as they are told', () => {
    expect(
      whole(
        chunk({ index: 0, delta: { role: 'assistant', content: '' } }),
        chunk({ index: 0, delta: { reasoning: 'hm, ' } }),
        chunk({ index: 0, delta: { reasoning: 'red' } }),
        chunk({ index: 0, delta: { content: 'A ' } }),
        chunk({ index: 0, delta: { content: 'cherry' }, finish_reason: 'stop' }),
        { ...chunk(), usage },
      ),
    ).toEqual({
      id: 'c',
      created: 7,
      model: 'm',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'A cherry', reasoning: 'hm, ' + 'red' },
          finish_reason: 'stop',
        },
      ],
      usage,
      raw: undefined,
    });
  });

  it('is finished when it has choices, and all of them have ended', () => {
    const all = accumulator();
    const seen = [
      chunk({ index: 0, delta: { content: 'a' } }, { index: 1, delta: { content: 'b' } }),
      chunk({ index: 1, delta: {}, finish_reason: 'stop' }),
      chunk({ index: 0, delta: {}, finish_reason: 'length' }),
      { ...chunk(), usage },
    ].map((one) => {
      all.add(one);
      return all.isFinished();
    });
    expect([accumulator().isFinished(), ...seen]).toEqual([false, false, false, true, true]);
  });

  it('joins the arguments of each tool call by its index, whatever their order', () => {
    const delta = (index: number, piece: object) => ({ index: 0, delta: { tool_calls: [{ index, ...piece }] } });
    const completion = whole(
      chunk(delta(1, { id: 'b', function: { name: 'second', arguments: '' } })),
      chunk(delta(0, { id: 'a', function: { name: 'first', arguments: '{"x"' } })),
      chunk(delta(1, { function: { arguments: '[1' } }), delta(0, { function: { arguments: ':1}' } })),
      chunk(delta(1, { function: { arguments: ']' } })),
      chunk({ index: 0, delta: {}, finish_reason: 'tool_calls' }),
    );
    expect(completion?.choices[0].message).toEqual({
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'a', type: 'function', function: { name: 'first', arguments: '{"x":1}' } },
        { id: 'b', type: 'function', function: { name: 'second', arguments: '[1]' } },
      ],
    });
  });

  it('keeps invalid arguments as they came, and gives an id to a call without', () => {
    const calls = [{ index: 0, function: { name: 'f', arguments: '{"half' } }];
    const message = whole(chunk({ index: 0, delta: { tool_calls: calls } }))?.choices[0].message;
    expect(message?.tool_calls).toEqual([
      { id: 'call_0', type: 'function', function: { name: 'f', arguments: '{"half' } },
    ]);
  });

  it('keeps what the vendor wants back with a call', () => {
    const extra = { google: { thought_signature: 'c2ln' } };
    const tell = (piece: object) => chunk({ index: 0, delta: { tool_calls: [{ index: 0, ...piece }] } });
    const completion = whole(
      tell({ id: 'a', function: { name: 'f', arguments: '{' }, extra_content: extra }),
      tell({ function: { arguments: '}' } }),
    );
    expect(completion?.choices[0].message.tool_calls).toEqual([
      { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' }, extra_content: extra },
    ]);
  });

  it('gives the choices in their order, each with its own end', () => {
    const completion = whole(
      chunk({ index: 1, delta: { content: 'B' }, finish_reason: 'length' }),
      chunk({ index: 0, delta: { content: 'A' }, finish_reason: 'stop' }),
    );
    expect(completion?.choices.map(({ message, finish_reason }) => [message.content, finish_reason])).toEqual([
      ['A', 'stop'],
      ['B', 'length'],
    ]);
  });

  it('tells the end of who did not say it by what was said', () => {
    const calls = [{ index: 0, id: 'a', function: { name: 'f' } }];
    expect(whole(chunk({ index: 0, delta: { content: 'A' } }))?.choices[0].finish_reason).toBe('stop');
    expect(whole(chunk({ index: 0, delta: { tool_calls: calls } }))?.choices[0].finish_reason).toBe('tool_calls');
  });

  it('joins log probabilities, list by list, and leaves the chunks as they were', () => {
    const first = { content: [{ token: 'A' }], refusal: null };
    const completion = whole(
      chunk({ index: 0, delta: { content: 'A' }, logprobs: first }),
      chunk({ index: 0, delta: { content: 'B' }, logprobs: { content: [{ token: 'B' }], refusal: null } }),
    );
    expect(completion?.choices[0].logprobs).toEqual({ content: [{ token: 'A' }, { token: 'B' }], refusal: null });
    expect(first.content).toHaveLength(1);
  });

  it('knows the text so far, and no answer before a choice has begun', () => {
    const all = accumulator();
    expect([all.text(), all.completion()]).toEqual(['', undefined]);
    all.add(chunk({ index: 1, delta: { content: 'other' } }));
    all.add(chunk({ index: 0, delta: { content: 'A ' } }));
    all.add(chunk({ index: 0, delta: { refusal: 'no' } }));
    expect(all.text()).toBe('A ');
  });

  it('gives back any answer that is told as one chunk, but for its body', () => {
    const text = fc.option(fc.string({ minLength: 1 }), { nil: null });
    const call = fc.record({ id: fc.string({ minLength: 1 }), name: fc.string(), given: fc.string() });
    const said = fc.record({
      content: text,
      calls: fc.array(call, { maxLength: 3 }),
      end: fc.constantFrom('stop', 'length'),
    });
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 4 }), (choices) => {
        const [first, ...rest] = choices.map(({ content, calls, end }, index) => ({
          index,
          message: {
            role: 'assistant' as const,
            content,
            ...(calls.length === 0
              ? {}
              : {
                  tool_calls: calls.map(({ id, name, given }) => ({
                    id,
                    type: 'function' as const,
                    function: { name, arguments: given },
                  })),
                }),
          },
          finish_reason: end,
        }));
        const completion: Completion = { id: 'c', created: 7, model: 'm', choices: [first!, ...rest], usage, raw: {} };
        expect(whole(asChunk(completion))).toEqual({ ...completion, raw: undefined });
      }),
    );
  });
});
