import { CompletionChunk } from '../../lib/domain/chunk';

const chunk = { id: 'c', created: 0, model: 'm', choices: [{ index: 0, delta: { content: 'A' } }] };

describe('CompletionChunk', () => {
  it('is a piece of text, of a tool call, or the usage at the end', () => {
    const tool_calls = [{ index: 1, function: { arguments: '{"a' } }];
    const usage = { promptTokens: 1, completionTokens: 1, totalTokens: 2 };
    expect(CompletionChunk.is(chunk)).toBe(true);
    expect(CompletionChunk.is({ ...chunk, choices: [{ index: 0, delta: { tool_calls }, finish_reason: null }] })).toBe(
      true,
    );
    expect(CompletionChunk.is({ ...chunk, choices: [], usage })).toBe(true);
  });

  it.each([-1, 0.5, 128, 1e9, NaN, '0'])('refuses the index %p, of a choice and of a tool call', (index) => {
    expect(CompletionChunk.is({ ...chunk, choices: [{ index, delta: {} }] })).toBe(false);
    expect(CompletionChunk.is({ ...chunk, choices: [{ index: 0, delta: { tool_calls: [{ index }] } }] })).toBe(false);
  });
});
