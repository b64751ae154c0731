import fc from 'fast-check';
import { compactTable } from '../../lib/bulk/compact-table';

describe('compactTable', () => {
  it('is a Map, whatever is set and read in whatever order', () => {
    const key = fc.oneof(fc.string({ maxLength: 3 }), fc.string({ unit: 'binary', maxLength: 40 }));
    const value = fc.oneof(fc.integer({ min: -1 }), fc.double({ noNaN: true, noDefaultInfinity: true }));
    const steps = fc.array(fc.tuple(fc.constantFrom('get', 'set'), key, value), { maxLength: 200 });
    fc.assert(
      fc.property(steps, (all) => {
        const table = compactTable();
        const map = new Map<string, number>();
        for (const [step, name, number] of all) {
          if (step === 'set') {
            table.set(name, number);
            map.set(name, number);
          }
          expect(table.get(name)).toBe(map.get(name));
          expect(table.size()).toBe(map.size);
        }
        for (const [name, number] of map) expect(table.get(name)).toBe(number);
      }),
    );
  });

  it('keeps all of them as it grows, and knows none that it was not given', () => {
    const table = compactTable();
    const count = 200_000;
    for (let i = 0; i < count; i++) table.set(`key ${String(i)}`, i);
    for (let i = 0; i < count; i++) table.set(`key ${String(i)}`, 2 * i);
    let wrong = 0;
    for (let i = 0; i < count; i++) if (table.get(`key ${String(i)}`) !== 2 * i) wrong++;
    for (let i = count; i < 2 * count; i++) if (table.get(`key ${String(i)}`) !== undefined) wrong++;
    expect(wrong).toBe(0);
    expect(table.size()).toBe(count);
  });

  it('holds offsets beyond 4 GB exactly', () => {
    const table = compactTable();
    table.set('far', Number.MAX_SAFE_INTEGER);
    table.set('', 0);
    expect([table.get('far'), table.get('')]).toEqual([Number.MAX_SAFE_INTEGER, 0]);
  });
});
