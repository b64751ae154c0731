import { retryBudget } from '../../lib/plan/retry-budget';

describe('retryBudget', () => {
  it('pays for 35 retries, and then for none', () => {
    const budget = retryBudget();
    expect(Array.from({ length: 100 }, () => budget.draw()).filter(Boolean)).toHaveLength(35);
    expect(budget.left()).toBe(500 - 35 * 14);
    expect(budget.draw()).toBe(false);
  });

  it('takes nothing when it refuses', () => {
    const budget = retryBudget();
    while (budget.draw());
    const left = budget.left();
    budget.draw();
    expect(budget.left()).toBe(left);
  });

  it('gets back what a retry cost that succeeded, or 1 for any other success, up to its size', () => {
    const budget = retryBudget();
    budget.giveBack(true);
    expect(budget.left()).toBe(500);
    budget.draw();
    budget.draw();
    budget.giveBack(true);
    expect(budget.left()).toBe(500 - 14);
    budget.giveBack(false);
    expect(budget.left()).toBe(500 - 13);
  });

  it('lets 10 000 requests to a dead provider, of 3 tries each, cost 10 035 calls', () => {
    const budget = retryBudget();
    let calls = 0;
    for (let request = 0; request < 10_000; request++) {
      calls += 1;
      for (let retry = 0; retry < 2 && budget.draw(); retry++) calls += 1;
    }
    expect(calls).toBe(10_035);
  });

  it('pays again after as many successes as a retry costs', () => {
    const budget = retryBudget();
    while (budget.draw());
    const missing = 14 - budget.left();
    for (let i = 1; i < missing; i++) budget.giveBack(false);
    expect(budget.draw()).toBe(false);
    budget.giveBack(false);
    expect(budget.draw()).toBe(true);
  });
});
