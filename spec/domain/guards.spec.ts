import { expectTypeOf } from 'expect-type';
import { completionError, tags, type CompletionErrorOf } from '../../lib/domain/error';
import * as guards from '../../lib/domain/guards';

describe('guards', () => {
  it('are one for each tag, which knows its own and no other', () => {
    const errors = tags.map((_tag) =>
      _tag === 'Timeout' ? completionError({ _tag, phase: 'total' }) : completionError({ _tag }),
    );
    const byTag = new Map<string, (value: unknown) => boolean>(Object.entries(guards));
    expect([...byTag.keys()].sort()).toEqual(tags.map((tag) => `is${tag}`).sort());
    for (const tag of tags) {
      const known = errors.filter((error) => byTag.get(`is${tag}`)?.(error) === true);
      expect(known.map(({ _tag }) => _tag)).toEqual([tag]);
    }
  });

  it('narrow', () => {
    const error: unknown = completionError({ _tag: 'Timeout', phase: 'chunk' });
    if (!guards.isTimeout(error)) throw new Error('not known');
    expectTypeOf(error).toEqualTypeOf<CompletionErrorOf<'Timeout'>>();
    expect(error.phase).toBe('chunk');
  });
});
