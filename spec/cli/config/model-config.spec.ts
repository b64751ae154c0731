import { createRouter } from '../../../lib';
import { modelConfig } from '../../../lib/cli/config/model-config';

const env = { OPENAI_API_KEY: 'sk-1', ANTHROPIC_API_KEY: 'sk-2' };

describe('modelConfig', () => {
  it.each([
    [{ model: 'gpt-5-mini' }, { name: 'openai', model: 'gpt-5-mini' }],
    [{ model: 'openai/gpt-5-mini' }, { name: 'openai', model: 'gpt-5-mini' }],
    [{ model: 'anthropic/claude-sonnet-5' }, { name: 'anthropic', model: 'claude-sonnet-5' }],
    [{ model: 'ollama/llama3.2' }, { name: 'ollama', model: 'llama3.2' }],
    [
      { model: 'org/name', baseUrl: 'http://localhost:1/v1' },
      { name: 'openai-compatible', model: 'org/name' },
    ],
    [{ baseUrl: 'http://localhost:1/v1' }, { name: 'openai-compatible', model: '*' }],
  ])('makes of %j one deployment that serves every request', (said, provider) => {
    const config = modelConfig(said, env);
    expect(config.deployments).toEqual([
      expect.objectContaining({ group: '*', provider: expect.objectContaining(provider) as unknown }),
    ]);
    createRouter(config).close();
  });

  it.each([
    [{}, /^say where requests go: --config FILE, or --model NAME/],
    [
      { model: 'gemini/x' },
      '--model gemini/x: the environment has no GEMINI_API_KEY: set it, or name a server by --base-url',
    ],
    [
      { model: 'anthropc/x' },
      /^--model anthropc\/x: no provider 'anthropc', did you mean anthropic; known are openai, /,
    ],
    [{ model: 'm', baseUrl: 'nonsense' }, /^--base-url: /],
  ])('refuses %j, and says what would be right', (said, message) => {
    expect(() => modelConfig(said, env)).toThrow(message);
  });
});
