// What an application sees of the installed package; called by load.mjs and load.cjs, each with what it loaded itself.
module.exports = async function probe(main, testing, node, { Observable, firstValueFrom, of }) {
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
      main: Object.keys(main).sort(),
      testing: Object.keys(testing).sort(),
      node: Object.keys(node).sort(),
      observable: doubled$ instanceof Observable,
      doubled: (await firstValueFrom(doubled$)).map((row) => row.outcome.right),
      answered: outcome._tag === 'Right' && main.text(outcome.right).length > 0,
    };
  } finally {
    await server.close();
  }
};
