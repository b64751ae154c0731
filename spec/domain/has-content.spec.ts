import type { ChunkChoice } from '../../lib/domain/chunk';
import { hasContent } from '../../lib/domain/has-content';

const says = (choice: Omit<ChunkChoice, 'index'>) =>
  hasContent({ id: '', created: 0, model: '', choices: [{ index: 0, ...choice }] });

describe('hasContent', () => {
  it.each([
    [{ delta: { content: 'A' } }],
    [{ delta: { reasoning: 'A' } }],
    [{ delta: { refusal: 'A' } }],
    [{ delta: { tool_calls: [{ index: 0 }] } }],
  ])('is true of %j', (choice) => {
    expect(says(choice)).toBe(true);
  });

  it.each([
    [{ delta: {} }],
    [{ delta: { role: 'assistant', content: '' } }],
    [{ delta: {}, finish_reason: 'stop' }],
    [{ delta: { content: null, tool_calls: [] }, finish_reason: null }],
  ])('is false of %j', (choice) => {
    expect(says(choice)).toBe(false);
  });
});
