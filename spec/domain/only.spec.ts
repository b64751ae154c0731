import * as t from 'io-ts';
import { only } from '../../lib/domain/only';

const props = { a: t.number, b: t.string };
const Options = only(props, t.partial(props, 'options'));

describe('only', () => {
  it('takes what the codec takes, and gives it as it is', () => {
    const options = { a: 1 };
    const decoded = Options.decode(options);
    expect(decoded._tag === 'Right' && decoded.right === options).toBe(true);
  });

  it('refuses fields that are not listed, and says at once what else is wrong', () => {
    const decoded = Options.decode({ a: 'x', c: 1, toString: 2 });
    expect(decoded._tag === 'Left' && decoded.left.map(({ context }) => context.at(-1)?.key)).toEqual([
      'a',
      'c',
      'toString',
    ]);
  });

  it('tells of the first hundred what was probably meant: of a hundred thousand that would take seconds', () => {
    const fields = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`timeout${String(i)}`, i]));
    const decoded = only({ timeouts: t.number }, t.UnknownRecord).decode(fields);
    const told =
      decoded._tag === 'Left' ? decoded.left.map(({ message }) => message?.includes('did you mean timeouts')) : [];
    expect([told.length, told.indexOf(false), told.lastIndexOf(true)]).toEqual([1000, 100, 99]);
  });

  it('leaves what is no object to the codec', () => {
    const decoded = Options.decode(['x', 'y']);
    expect(decoded._tag === 'Left' && decoded.left).toHaveLength(1);
  });
});
