import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { simulateProviders, type SimulatedProviders } from '../lib/testing';

const run = promisify(execFile);
const root = join(__dirname, '..');
const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
const pages = ['README.md', ...docs.map((name) => join('docs', name))];

/** Every snippet of every page, and the file it becomes. */
const snippets = pages.flatMap((page) =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(([, code], n) => ({
    file: `${basename(page, '.md')}-${String(n + 1)}.ts`,
    code: code!,
  })),
);

/** What a snippet may use without having made it: what the text around it has introduced. */
const introduced = {
  router: `import { createRouter, openai } from 'rx-fanout';
const router = createRouter({ deployments: [
  { group: 'fast', provider: openai({ model: 'gpt-5-mini', apiKey: 'sk-readme' }) },
  { group: 'smart', provider: openai({ model: 'gpt-5', apiKey: 'sk-readme' }) },
], defaultModel: 'fast' });`,
  from: `import { from } from 'rxjs';`,
  of: `import { of } from 'rxjs';`,
  map: `import { map } from 'rxjs';`,
  timer: `import { timer } from 'rxjs';`,
  TestScheduler: `import { TestScheduler } from 'rxjs/testing';`,
  angular: `import '@angular/compiler';`,
  assertEqual: `import { deepStrictEqual } from 'node:assert';
const assertEqual = (actual: unknown, expected: unknown): void => { deepStrictEqual(actual, expected); };`,
};

/** A snippet as a file: with what was introduced, and sent to the simulated providers instead of the vendors. */
function program(snippet: string, url: string): string {
  const prelude = Object.entries(introduced)
    .filter(
      ([name]) =>
        new RegExp(`\\b(?<!\\.)${name}\\b(?!:)`).test(snippet) &&
        !new RegExp(`import {[^}]*\\b${name}\\b[^}]*}`).test(snippet),
    )
    .map(([, code]) => code);
  return [...prelude, snippet]
    .join('\n')
    .replaceAll('openai({', `openai({ baseURL: '${url}/v1',`)
    .replaceAll(/\b(anthropic|gemini)\(\{/g, `$1({ baseURL: '${url}',`);
}

describe('the pages', () => {
  let simulated: SimulatedProviders;
  let folder: string;

  beforeAll(async () => {
    simulated = await simulateProviders();
    folder = mkdtempSync(join(root, 'spec', '.docs-')); // inside the package, so that it can import itself by name
    for (const { file, code } of snippets) writeFileSync(join(folder, file), program(code, simulated.url));
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: '../../tsconfig.json', include: ['*.ts'], exclude: [] }),
    );
  });

  afterAll(async () => {
    await simulated.close();
    rmSync(folder, { recursive: true });
  });

  /** What a snippet prints, with keys and addresses such as LiteLLM looks them up in the environment. */
  const printed = (file: string): Promise<{ readonly stdout: string; readonly stderr: string }> => {
    const keys = { OPENAI_API_KEY: 'sk-docs', ANTHROPIC_API_KEY: 'sk-docs', GEMINI_API_KEY: 'sk-docs' };
    const addresses = { OPENAI_BASE_URL: `${simulated.url}/v1`, ANTHROPIC_BASE_URL: simulated.url };
    const env = { ...process.env, ...keys, ...addresses };
    return run(process.execPath, ['--import', 'tsx', join(folder, file)], { cwd: folder, env }); // what it writes goes with the folder
  };

  it.each([
    ['README', 5],
    ['coming-from-litellm', 1],
    ['routing', 5],
    ['long-runs', 3],
    ['tokens', 5],
    ['angular', 8],
  ])('%s has its snippets', (page, least) => {
    const own = snippets.filter(({ file }) => file.startsWith(`${page}-`));
    expect(own.length).toBeGreaterThanOrEqual(least);
  });

  it('show snippets that are typed right', async () => {
    const tsc = join(root, 'node_modules', '.bin', 'tsc');
    const { stdout } = await run(tsc, ['-p', folder], { cwd: root }).catch(
      (error: unknown) => error as { stdout: string },
    );
    expect(stdout).toBe('');
  });

  it.each(snippets.map(({ file }) => file))('%s runs as it stands', async (file) => {
    expect((await printed(file)).stderr).toBe('');
  });

  it('have a quick start that answers', async () => {
    const { stdout } = await printed('README-1.ts');
    expect(stdout).toMatch(/^0 .*red/m);
    expect(stdout).toMatch(/^1 .*blue/im);
  });

  it('tell what of a configuration of LiteLLM has no counterpart, and answer with the rest', async () => {
    const { stdout } = await printed('coming-from-litellm-1.ts');
    expect(stdout).toMatch(/^model_list\[3\]\.litellm_params\.model: left out: .*'bedrock'/m);
    expect(stdout).toMatch(/^router_settings\.redis_host: /m);
    expect(stdout).toMatch(/^0 gpt-4o\/openai-compatible\/gpt-4o .*red/m);
    expect(stdout).toMatch(/^1 gpt-4o\/.*blue/im);
  });
});
