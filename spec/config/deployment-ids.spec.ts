import { deploymentIds } from '../../lib/config/deployment-ids';
import type { Deployment } from '../../lib/config/router-config';
import { openai } from '../../lib/provider/openai/openai';

const provider = openai({ model: 'gpt-5-mini', apiKey: 'k' });

function idsOf(...deployments: readonly (Partial<Deployment> | undefined)[]): readonly string[] {
  return deploymentIds(deployments.map((one) => ({ group: 'fast', provider, ...one })));
}

describe('deploymentIds', () => {
  it('are group/provider/model, numbered from the second on', () => {
    expect(idsOf({}, {}, { group: 'smart' }, {})).toEqual([
      'fast/openai/gpt-5-mini',
      'fast/openai/gpt-5-mini-2',
      'smart/openai/gpt-5-mini',
      'fast/openai/gpt-5-mini-3',
    ]);
  });

  it('are those that were given', () => {
    expect(idsOf({ id: 'a' }, {}, { id: 'b' })).toEqual(['a', 'fast/openai/gpt-5-mini', 'b']);
  });

  it('go out of the way of those that were given, wherever they stand', () => {
    expect(idsOf({}, {}, { id: 'fast/openai/gpt-5-mini-2' }, { id: 'fast/openai/gpt-5-mini' })).toEqual([
      'fast/openai/gpt-5-mini-3',
      'fast/openai/gpt-5-mini-4',
      'fast/openai/gpt-5-mini-2',
      'fast/openai/gpt-5-mini',
    ]);
  });

  it('are all different, for a thousand of a kind too', () => {
    const ids = idsOf(...Array.from({ length: 1000 }, () => undefined));
    expect(new Set(ids).size).toBe(1000);
    expect(ids.at(-1)).toBe('fast/openai/gpt-5-mini-1000');
  });
});
