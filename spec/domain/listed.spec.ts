import { listed } from '../../lib/domain/listed';

const names = (n: number): readonly string[] => Array.from({ length: n }, (_, i) => `n${String(i)}`);

describe('listed', () => {
  it('shows twenty names, and says how many more there are', () => {
    expect(listed(names(2))).toBe('n0, n1');
    expect(listed(names(20))).toMatch(/^n0, .*, n19$/);
    expect(listed(names(21))).toMatch(/^n0, .*, n19 and 1 more$/);
  });
});
