import { expectTypeOf } from 'expect-type';
import { Completion, text, type Choice } from '../../lib/domain/completion';
import { explain } from '../../lib/domain/explain';

const choice: Choice = { index: 0, message: { role: 'assistant', content: 'A plum.' }, finish_reason: 'stop' };
const completion: Completion = { id: 'c', created: 0, model: 'm', choices: [choice], raw: {} };

describe('Completion', () => {
  it('has at least one choice, in types and at run time', () => {
    expectTypeOf<Completion['choices']>().toEqualTypeOf<readonly [Choice, ...Choice[]]>();
    expect(Completion.is(completion)).toBe(true);
    expect(Completion.is({ ...completion, choices: [] })).toBe(false);
    const decoded = Completion.decode({ ...completion, choices: [] });
    expect(decoded._tag === 'Left' && explain(decoded.left)).toEqual(['choices: at least one choice']);
  });

  it('is refused by the path of what is wrong', () => {
    const wrong = { ...choice, message: { role: 'assistant' } };
    const decoded = Completion.decode({ ...completion, choices: [choice, wrong] });
    expect(decoded._tag === 'Left' && explain(decoded.left)[0]).toMatch(
      /^choices\[1\]\.message\.content: expected .+, got undefined$/,
    );
  });

  it('keeps arguments of a tool call as the model wrote them, valid or not', () => {
    const tool_calls = [{ id: 't', type: 'function' as const, function: { name: 'f', arguments: '{"a":' } }];
    const called: Choice = { ...choice, message: { role: 'assistant', content: null, tool_calls } };
    expect(Completion.is({ ...completion, choices: [called] })).toBe(true);
  });
});

describe('text', () => {
  it('is the text of the first choice', () => {
    const second: Choice = { ...choice, index: 1, message: { role: 'assistant', content: 'A pear.' } };
    expect(text({ ...completion, choices: [choice, second] })).toBe('A plum.');
  });

  it('is empty when there is none', () => {
    expect(text({ ...completion, choices: [{ ...choice, message: { role: 'assistant', content: null } }] })).toBe('');
  });
});
