import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const surroundings = {
  'package.json': '{ "type": "module" }',
  'tsconfig.json': '{}',
  'node_modules/axios/index.js': '',
  'node_modules/p-map/index.js': '',
  'node_modules/rxjs/index.js': '',
  'node_modules/yaml/index.js': '',
};

/** The rules that a small tree of `lib/` files breaks, as `npm run check:layers` would name them. */
async function broken(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const root = await mkdtemp(join(tmpdir(), 'rx-fanout-layers-'));
  try {
    for (const [path, source] of Object.entries({ ...surroundings, ...files })) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), source);
    }
    return await rulesNamed(root);
  } finally {
    await rm(root, { recursive: true });
  }
}

function rulesNamed(root: string): Promise<readonly string[]> {
  const tool = resolve('node_modules/.bin/depcruise');
  const config = resolve('.dependency-cruiser.mjs');
  return new Promise((named, failed) => {
    execFile(tool, ['--config', config, '--output-type', 'json', 'lib'], { cwd: root }, (_exitCode, stdout, stderr) => {
      if (stdout === '') {
        failed(new Error(stderr));
        return;
      }
      const report = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
      named([...new Set(report.summary.violations.map(({ rule }) => rule.name))].sort());
    });
  });
}

describe('the import direction', () => {
  it('lets a part import what it may', async () => {
    const rules = await broken({
      'lib/domain/error.ts':
        "import type { Result } from './result';\nexport const error = (result: Result) => result;",
      'lib/domain/result.ts': "import type { error } from './error';\nexport type Result = typeof error | undefined;",
      'lib/transport/transport.ts': "import axios from 'axios';\nexport type Transport = typeof axios;",
      'lib/provider/openai.ts':
        "import type { Transport } from '../transport/transport';\nexport const openai = (t: Transport) => t;",
      'lib/attempt/send.ts':
        "import { openai } from '../provider/openai';\nimport { of } from 'rxjs';\nexport const send = [of, openai];",
      'lib/node/read.ts': "import { open } from 'node:fs';\nexport const read = open;",
      'lib/cli/run.ts':
        "import { read } from '../node/read';\nimport yaml from 'yaml';\nexport const run = [read, yaml];",
    });
    expect(rules).toEqual([]);
  });

  it('names the rule that an import breaks', async () => {
    const rules = await broken({
      'lib/domain/error.ts': "import { of } from 'rxjs';\nexport const error = of;",
      'lib/rx/lanes.ts': "import { error } from '../domain/error';\nexport const lanes = error;",
      'lib/provider/openai.ts': "import axios from 'axios';\nexport const openai = axios;",
      'lib/provider/groq.ts': "import { send } from '../transport/send';\nexport const groq = send;",
      'lib/rows/unwrap.ts': "import { readFile } from 'node:fs';\nexport const unwrap = readFile;",
      'lib/transport/send.ts': 'export const send = 1;',
      'lib/plan/health.ts': "import { attempt } from '../attempt/attempt';\nexport const health = () => attempt;",
      'lib/attempt/attempt.ts': "import { health } from '../plan/health';\nexport const attempt = () => health;",
      'lib/bulk/journal.ts':
        "import { fake } from '../testing/fake';\nimport pMap from 'p-map';\nexport const journal = [fake, pMap];",
      'lib/testing/fake.ts': "import { gone } from './gone';\nexport const fake = gone;",
      'lib/parallel.ts':
        "import { router } from './router';\nimport { health } from './plan/health';\nexport const parallel = [router, health];",
      'lib/router.ts': 'export const router = 1;',
      'lib/node/read.ts': "import pMap from 'p-map';\nexport const read = pMap;",
      'lib/angular/provide.ts': "import pMap from 'p-map';\nexport const provide = pMap;",
    });
    expect(rules).toEqual(
      [
        'angular-packages',
        'bulk-imports',
        'domain-types-only',
        'engine-types-only',
        'engine-imports',
        'http-client',
        'no-cycles',
        'node-builtins',
        'outside-worlds',
        'plan-imports',
        'program-packages',
        'provider-imports',
        'provider-types-only',
        'published-packages-only',
        'resolvable',
        'rx-imports',
      ].sort(),
    );
  });
});
