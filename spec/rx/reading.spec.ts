import { reading } from '../../lib/rx/reading';

function told<T>(stream$: { subscribe: (next: (value: T) => void) => unknown }): readonly T[] {
  const values: T[] = [];
  stream$.subscribe((value) => values.push(value));
  return values;
}

const times = (n: number, act: () => void) => {
  for (let i = 0; i < n; i++) act();
};

describe('reading', () => {
  it('pauses at 256 unread values and goes on at 128', () => {
    const reader = reading();
    const paused = told(reader.paused$);
    times(255, () => {
      reader.emitted(false);
    });
    expect(paused).toEqual([false]);
    reader.emitted(false);
    expect(paused).toEqual([false, true]);
    times(127, reader.read);
    expect(paused).toEqual([false, true]);
    reader.read();
    expect(paused).toEqual([false, true, false]);
  });

  it('tells when a row has been read, not when one of the values before it was', () => {
    const reader = reading();
    const rows = told(reader.rowRead$);
    reader.emitted(false);
    reader.emitted(true);
    reader.read();
    expect(rows).toHaveLength(0);
    reader.read();
    expect(rows).toHaveLength(1);
  });

  it('leaves every source paused when one that goes on fills up the reader at once', () => {
    const reader = reading();
    const paused: boolean[] = [];
    reader.paused$.subscribe((isPaused) => {
      if (paused.at(-1) === true && !isPaused) {
        times(200, () => {
          reader.emitted(false);
        });
      }
    });
    reader.paused$.subscribe((isPaused) => paused.push(isPaused));
    times(256, () => {
      reader.emitted(false);
    });
    times(128, reader.read);
    expect(paused.at(-1)).toBe(true);
  });
});
