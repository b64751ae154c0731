import { runLedgers } from '../../lib/domain/run-ledger';

describe('runLedgers', () => {
  it('posts to the run and to the deployment, runs of one tag together', () => {
    const ledgers = runLedgers();
    const [first, second] = [ledgers.of('nightly'), ledgers.of('nightly')];
    first('a', { ended: 'ok', cost: 1 });
    second('b', { ended: 'failed', cost: 2 });
    expect(ledgers.read()).toMatchObject([
      {
        tag: 'nightly',
        total: { completed: { calls: 1, cost: 1 }, failed: { calls: 1, cost: 2 } },
        deployments: { a: { completed: { calls: 1 } }, b: { failed: { calls: 1 } } },
      },
    ]);
  });

  it('keeps the hundred tags that began last', () => {
    const ledgers = runLedgers();
    for (let i = 0; i < 100; i++) ledgers.of(String(i));
    ledgers.of('0');
    ledgers.of('new');
    const tags = ledgers.read().map(({ tag }) => tag);
    expect(tags).toHaveLength(100);
    expect(tags).toEqual(expect.arrayContaining(['0', '2', 'new']));
    expect(tags).not.toContain('1');
  });
});
