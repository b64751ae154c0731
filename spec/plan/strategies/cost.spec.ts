import type { Price } from '../../../lib/domain/price';
import type { Ask } from '../../../lib/plan/choose';
import type { DeploymentState } from '../../../lib/plan/deployment';
import { askOf } from '../../support/ask-of';
import { chosenBy } from '../../support/chosen-by';
import { deploymentOf } from '../../support/deployment-of';

const priced = (id: string, price: Price | undefined, reserveTokens = 1000): DeploymentState =>
  deploymentOf({ id, price, reserveTokens });
const asking = (input: number, output?: number): { readonly ask: Ask } => ({
  ask: askOf({ estimate: { input, output, answers: 1 } }),
});

describe('cost', () => {
  const writer = priced('writer', { input: 4, output: 5 });
  const reader = priced('reader', { input: 1, output: 9 });

  it('takes the cheapest for what this request reads and may write', () => {
    expect(chosenBy('cost', [writer, reader], asking(5000, 100))).toBe(reader);
    expect(chosenBy('cost', [writer, reader], asking(100, 5000))).toBe(writer);
  });

  it('pays for each answer that is asked for, and for the prompt once', () => {
    const asked = (answers: number) => ({ ask: askOf({ estimate: { input: 2000, output: 1000, answers } }) });
    expect(chosenBy('cost', [writer, reader], asked(1))).toBe(reader);
    expect(chosenBy('cost', [writer, reader], asked(2))).toBe(writer);
  });

  it('takes an answer of unknown length to be equally long everywhere', () => {
    const [dear, cheap] = [
      priced('dear', { input: 1, output: 6 }, 100),
      priced('cheap', { input: 1, output: 5 }, 9000),
    ];
    expect(chosenBy('cost', [dear, cheap], asking(1000))).toBe(cheap);
    expect(chosenBy('cost', [cheap, dear], asking(1000))).toBe(cheap);
  });

  it('takes one whose price is not known last, and any of those by weight', () => {
    const [unknown, other] = [priced('unknown', undefined), priced('other', undefined)];
    expect(chosenBy('cost', [unknown, writer])).toBe(writer);
    expect(chosenBy('cost', [unknown])).toBe(unknown);
    expect(chosenBy('cost', [unknown, other], { random: () => 0.9 })).toBe(other);
  });

  it('takes one that costs nothing first', () => {
    expect(chosenBy('cost', [writer, priced('local', { input: 0, output: 0 })], asking(0)).id).toBe('local');
  });

  it('of those that cost the same, one by chance', () => {
    const [a, b] = [priced('a', { input: 1, output: 2 }), priced('b', { input: 1, output: 2 })];
    expect(chosenBy('cost', [a, b], { ...asking(7, 3), random: () => 0.9 })).toBe(b);
  });
});
