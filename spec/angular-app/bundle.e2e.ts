import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

interface Stats {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, { bytesInOutput: number }>> }>>;
}

describe('the built page', () => {
  const app = 'examples/angular';

  it('carries what it uses of the library, and nothing else', async () => {
    const { outputs } = JSON.parse(await readFile(`${app}/dist/stats.json`, 'utf8')) as Stats;
    const used = Object.values(outputs)
      .flatMap(({ inputs }) => Object.entries(inputs))
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path);
    const ours = used.filter((path) => path.includes('rx-fanout/dist/'));
    const folders = new Set(ours.map((path) => path.replace(/.*\/dist\/browser\/(provider\/)?([^/]+).*/, '$1$2')));

    expect(folders).toContain('provider/openai');
    for (const unused of ['provider/anthropic', 'provider/gemini', 'litellm', 'testing', 'node', 'cli', 'tokens']) {
      expect(folders).not.toContain(unused);
    }
    expect(ours.filter((path) => !path.includes('/dist/browser/'))).toEqual([]);
    expect(
      used.filter((path) => /node_modules\/(undici|commander|csv-parse|yaml|uplot|zone\.js)\//.test(path)),
    ).toEqual([]);

    const main = await readFile(`${app}/dist/browser/main.js`);
    const [raw, packed] = [main, gzipSync(main)].map(({ length }) => (length / 1000).toFixed(0));
    console.log(`the page's program: ${String(raw)} kB, ${String(packed)} kB gzipped`);
  });
});
