import * as fc from 'fast-check';
import { meanings } from '../../lib/domain/meanings';

const nothing = { aliases: new Map<string, string>(), ids: new Map<string, string>() };

describe('meanings', () => {
  it('of several patterns takes the one that says most, of equals the first', () => {
    const meaningOf = meanings({ ...nothing, groups: ['*', 'a*', '*z', 'ab*'] });
    expect(['abz', 'axz', 'xyz', 'xy', 'ab'].map(meaningOf)).toEqual([
      { group: 'ab*', model: 'z' },
      { group: 'a*', model: 'xz' },
      { group: '*z', model: 'xy' },
      { group: '*', model: 'xy' },
      { group: 'a*', model: 'b' },
    ]);
  });

  it('takes a star in a name for a letter like others', () => {
    const meaningOf = meanings({ ...nothing, groups: ['a/*', 'b/*'] });
    expect(meaningOf('a/x*')).toEqual({ group: 'a/*', model: 'x*' });
    expect(meaningOf('*/x')).toBeUndefined();
  });

  it('knows no names but its own', () => {
    const meaningOf = meanings({ ...nothing, groups: ['g'] });
    expect(['constructor', '__proto__', ''].map(meaningOf)).toEqual([undefined, undefined, undefined]);
  });

  it('law: ends whatever the aliases are, and what a star stands for is what the pattern leaves out of the name', () => {
    const name = fc.stringMatching(/^[ab/*]{0,4}$/);
    const pairs = fc.uniqueArray(fc.tuple(name, name), { selector: ([from]) => from });
    fc.assert(
      fc.property(fc.uniqueArray(name), pairs, pairs, name, (groups, aliases, ids, asked) => {
        const meaning = meanings({ groups, aliases: new Map(aliases), ids: new Map(ids) })(asked);
        if (meaning?.model === undefined) return;
        const { group, model } = meaning;
        const known = [asked, ...aliases.map(([, to]) => to)];
        expect(known).toContain(group.replace('*', () => model));
        expect(model).not.toBe('');
      }),
    );
  });
});
