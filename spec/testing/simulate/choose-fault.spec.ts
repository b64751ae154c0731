import { chooseFault } from '../../../lib/testing/simulate/choose-fault';

describe('chooseFault', () => {
  const faults = { status: { 500: 0.1, 503: 0.2 }, reset: 0.1, html: 0.25 };

  it.each([
    [0, 500],
    [0.099, 500],
    [0.11, 503],
    [0.299, 503],
    [0.31, 'reset'],
    [0.41, 'html'],
    [0.649, 'html'],
    [0.66, undefined],
    [0.999, undefined],
  ])('lays the shares side by side: %f falls on %s', (u, fault) => {
    expect(chooseFault(faults, u)).toBe(fault);
  });

  it('chooses nothing when no fault is set', () => {
    expect(chooseFault({}, 0)).toBeUndefined();
  });
});
