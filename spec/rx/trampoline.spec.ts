import { trampoline } from '../../lib/rx/trampoline';

it('repeats a step that asks for itself, without a stack', () => {
  let steps = 0;
  const go = trampoline(() => {
    if (++steps < 1_000_000) go();
  });
  go();
  expect(steps).toBe(1_000_000);
});

it('finishes a step before it begins the next', () => {
  const log: string[] = [];
  let left = 2;
  const go = trampoline(() => {
    log.push('begin');
    if (left-- > 0) go();
    log.push('end');
  });
  go();
  expect(log).toEqual(['begin', 'end', 'begin', 'end', 'begin', 'end']);
});
