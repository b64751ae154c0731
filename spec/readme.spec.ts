import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { simulateProviders, type SimulatedProviders } from '../lib/testing';

const run = promisify(execFile);
const root = join(__dirname, '..');
const snippets = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(
  ([, code]) => code!,
);

/** What a snippet may use without having made it: what the text around it has introduced. */
const introduced = {
  router: `import { createRouter, openai } from 'rx-fanout';
const router = createRouter({ deployments: [{ group: 'fast', provider: openai({ model: 'gpt-5-mini', apiKey: 'sk-readme' }) }] });`,
  from: `import { from } from 'rxjs';`,
  of: `import { of } from 'rxjs';`,
  map: `import { map } from 'rxjs';`,
  timer: `import { timer } from 'rxjs';`,
  TestScheduler: `import { TestScheduler } from 'rxjs/testing';`,
  assertEqual: `import { deepStrictEqual } from 'node:assert';
const assertEqual = (actual: unknown, expected: unknown): void => { deepStrictEqual(actual, expected); };`,
};

/** A snippet as a file: with what was introduced, and sent to the simulated providers instead of the vendors. */
function program(snippet: string, url: string): string {
  const prelude = Object.entries(introduced)
    .filter(
      ([name]) => new RegExp(`\\b(?<!\\.)${name}\\b(?!:)`).test(snippet) && !snippet.includes(`import { ${name} `),
    )
    .map(([, code]) => code);
  return [...prelude, snippet]
    .join('\n')
    .replaceAll('openai({', `openai({ baseURL: '${url}/v1',`)
    .replaceAll(/\b(anthropic|gemini)\(\{/g, `$1({ baseURL: '${url}',`);
}

describe('README', () => {
  let simulated: SimulatedProviders;
  let folder: string;
  const files = snippets.map((_, n) => `snippet-${String(n + 1)}.ts`);

  beforeAll(async () => {
    simulated = await simulateProviders();
    folder = mkdtempSync(join(root, 'spec', '.readme-')); // inside the package, so that it can import itself by name
    snippets.forEach((snippet, n) => {
      writeFileSync(join(folder, files[n]!), program(snippet, simulated.url));
    });
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: '../../tsconfig.json', include: ['*.ts'], exclude: [] }),
    );
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await simulated.close();
  });

  it('has its snippets', () => {
    expect(snippets.length).toBeGreaterThanOrEqual(5);
  });

  it('shows snippets that are typed right', async () => {
    const tsc = join(root, 'node_modules', '.bin', 'tsc');
    const { stdout } = await run(tsc, ['-p', folder], { cwd: root }).catch(
      (error: unknown) => error as { stdout: string },
    );
    expect(stdout).toBe('');
  }, 60_000);

  it.each(files)(
    '%s runs as it stands',
    async (file) => {
      const env = { ...process.env, OPENAI_API_KEY: 'sk-readme' };
      const { stderr } = await run(process.execPath, ['--import', 'tsx', join(folder, file)], { cwd: root, env });
      expect(stderr).toBe('');
    },
    30_000,
  );

  it('has a quick start that answers', async () => {
    const env = { ...process.env, OPENAI_API_KEY: 'sk-readme' };
    const { stdout } = await run(process.execPath, ['--import', 'tsx', join(folder, files[0]!)], { cwd: root, env });
    expect(stdout).toMatch(/^0 .*red/m);
    expect(stdout).toMatch(/^1 .*blue/im);
  }, 30_000);
});
