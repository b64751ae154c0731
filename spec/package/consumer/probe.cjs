// What an application sees of the installed package; called by load.mjs and load.cjs, each with what it loaded itself.
module.exports = async function probe(entries, { Observable, catchError, firstValueFrom, of }) {
  const { main, testing, tokens } = entries;
  const doubled$ = main.gather$([1, 2, 3], { run: (n) => of(n * 2) });
  const server = await testing.simulateProviders({ seed: 1 });
  try {
    const router = main.createRouter({
      deployments: [
        { group: 'fast', provider: main.openai({ model: 'small', apiKey: 'none', baseURL: `${server.url}/v1` }) },
      ],
    });
    const { outcome } = await firstValueFrom(router.result$('Name a red fruit'));
    router.close();
    return {
      names: Object.fromEntries(Object.entries(entries).map(([entry, its]) => [entry, Object.keys(its).sort()])),
      observable: doubled$ instanceof Observable,
      doubled: (await firstValueFrom(doubled$)).map((row) => row.outcome.right),
      counted: await firstValueFrom(
        tokens.countTokens('Name a red fruit', 'openai/gpt-5-mini').pipe(catchError(({ message }) => of(message))),
      ),
      answered: outcome._tag === 'Right' && main.text(outcome.right).length > 0,
    };
  } finally {
    await server.close();
  }
};
