import { writeFileSync } from 'node:fs';
import { createRouter } from '../../../lib';
import { loadConfig } from '../../../lib/cli/config/load-config';
import { tempFolder } from '../../support/temp-folder';

const env = { OPENAI_API_KEY: 'sk-very-secret', HOST: 'example.org' };

describe('loadConfig', () => {
  const at = tempFolder();
  const load = (text: string, name = 'fanout.yaml') => {
    writeFileSync(at(name), text);
    return loadConfig(at(name), env);
  };
  const problemOf = async (text: string): Promise<string> => {
    const error = (await load(text).catch((reason: unknown) => reason)) as Error;
    expect(error.name).toBe('UsageError');
    expect(error.message).not.toContain('sk-very-secret');
    return error.message.replace(at('fanout.yaml'), 'FILE');
  };

  it('reads YAML, with keys from the environment in both notations', async () => {
    const { config, warnings } = await load(`
      deployments:
        - group: fast
          provider: { use: openai, model: gpt-5-mini, apiKey: os.environ/OPENAI_API_KEY }
          rpm: 500
        - group: fast
          provider: { use: openAICompatible, name: ours, model: m, baseURL: 'https://\${HOST}/v1', apiKey: '\${OPENAI_API_KEY}' }
      prices: { openai/gpt-5-mini: { input: 0.25, output: 2 } }
    `);
    const { deployments } = createRouter(config).snapshot();
    expect(deployments.map(({ id }) => id)).toEqual(['fast/openai/gpt-5-mini', 'fast/ours/m']);
    expect(warnings).toEqual([]);
  });

  it('reads JSON', async () => {
    const provider = { use: 'anthropic', model: 'claude-sonnet-5', apiKey: 'os.environ/OPENAI_API_KEY' };
    const { config } = await load(JSON.stringify({ deployments: [{ group: 'smart', provider }] }), 'fanout.json');
    expect(config.deployments[0]).toMatchObject({ group: 'smart', provider: { name: 'anthropic' } });
  });

  it("takes a LiteLLM proxy's as it is, and says what has no counterpart", async () => {
    const { config, warnings } = await load(`
      model_list:
        - model_name: gpt-4o
          litellm_params: { model: openai/gpt-4o, api_key: os.environ/OPENAI_API_KEY, rpm: 500 }
      router_settings: { num_retries: 3, redis_host: os.environ/REDIS_HOST }
    `);
    expect(config).toMatchObject({ maxRetries: 3, deployments: [{ group: 'gpt-4o', rpm: 500 }] });
    expect(warnings).toEqual([expect.stringMatching(/^router_settings\.redis_host: /)]);
  });

  it.each([
    [
      'a variable that is not set',
      'deployments: [{ group: a, provider: { use: openai, model: m, apiKey: os.environ/NOPE } }]',
      'FILE: deployments[0].provider.apiKey: the environment has no NOPE: set it',
    ],
    [
      'a field with a typo',
      'deployments: [{ group: a, rmp: 5, provider: { use: openai, model: m, apiKey: "${OPENAI_API_KEY}" } }]',
      /^FILE: deployments\[0\]\.rmp: no such field, did you mean rpm; known are group, /,
    ],
    [
      'a field of the router with a typo',
      'strategie: usage\ndeployments: [{ group: a, provider: { use: openai, model: m, apiKey: k } }]',
      /^FILE: strategie: no such field, did you mean strategy; known are /,
    ],
    [
      'a provider with a typo',
      'deployments: [{ group: a, provider: { use: antropic, model: m, apiKey: k } }]',
      /^FILE: deployments\[0\]\.provider\.use: no such provider, did you mean anthropic; known are openai, /,
    ],
    [
      'an option of a provider with a typo',
      'deployments: [{ group: a, provider: { use: openai, model: m, api_key: k } }]',
      "FILE: deployments[0].provider: openai: unknown option 'api_key' (did you mean apiKey?): known are model, apiKey, baseURL, headers",
    ],
    [
      'no deployments',
      'timeouts: { totalMs: 5 }',
      /^FILE: deployments: expected at least one deployment, got undefined/,
    ],
    ['another kind of thing', '- a\n- b', /^FILE: expected \{ deployments: \[\.\.\.\] \}, or a LiteLLM proxy/],
    ['no YAML', 'deployments: [', /^FILE is neither YAML nor JSON: .* at line 1, column \d+$/],
    [
      'a tag that YAML has no meaning for',
      'deployments: [{ group: a, provider: { use: openai, model: m, apiKey: !env sk-very-secret } }]',
      'FILE is neither YAML nor JSON: Unresolved tag at line 1, column 70',
    ],
    [
      'an alias of nothing, which may be a key',
      'apiKey: *sk-very-secret',
      /^FILE has an alias \(\*name\) that stands for nothing, or for too much: write it out$/,
    ],
    [
      'what cannot begin a text',
      'a: |sk-very-secret\n  b',
      'FILE is neither YAML nor JSON: Block scalar header includes extra characters at line 1, column 5',
    ],
    ['a loop', 'deployments: &a [*a]', /^FILE has an alias/],
    ['two documents', 'a: 1\n---\nb: 2', /^FILE is neither YAML nor JSON: Source contains multiple documents/],
    ['nothing', '', /^FILE: expected \{ deployments/],
    [
      'a key where a URL belongs',
      'deployments: [{ group: a, provider: { use: openAICompatible, model: m, baseURL: "${OPENAI_API_KEY}" } }]',
      /^FILE: deployments\[0\]\.provider: .*baseURL is not an absolute http/,
    ],
    [
      'a key where a number belongs',
      'deployments: [{ group: a, rpm: "${OPENAI_API_KEY}", provider: { use: openai, model: m, apiKey: k } }]',
      'FILE: deployments[0].rpm: expected a whole number from 1, got a string',
    ],
  ])('refuses %s, in one line', async (_name, text, problem) => {
    const said = await problemOf(text);
    expect(said).toMatch(problem);
    expect(said).not.toContain('\n');
  });

  it('tells all problems at once', async () => {
    const said = await problemOf(`
      deployments:
        - group: a
          rmp: 5
          provider: { use: openai, model: m, apiKey: os.environ/NOPE }
        - provider: { use: nobody }
      fallbacks: { a: [b] }
    `);
    const [first, ...problems] = said.split('\n').map((line) => line.trim().split(':')[0]);
    expect(first).toBe('FILE');
    expect(problems).toEqual(
      expect.arrayContaining([
        'deployments[0].provider.apiKey',
        'deployments[0].rmp',
        'deployments[1].provider.use',
        'deployments[1].group',
      ]),
    );
  });

  it('names a file that is not there, and one that is a folder', async () => {
    await expect(loadConfig(at('none.yaml'), env)).rejects.toThrow(
      `there is no file ${at('none.yaml')}: name it by --config`,
    );
    await expect(loadConfig(at('.'), env)).rejects.toThrow(
      /cannot be read \(EISDIR\): --config wants a file of YAML or JSON$/,
    );
  });
});
