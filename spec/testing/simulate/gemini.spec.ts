import type { SimulationOptions } from '../../../lib/testing/simulate/options';
import { simulateProviders, type SimulatedProviders } from '../../../lib/testing/simulate/simulate-providers';

let simulated: SimulatedProviders;
const start = async (options?: SimulationOptions) => (simulated = await simulateProviders(options));
afterEach(() => simulated.close());

const asking = (more: object = {}) => ({
  contents: [{ role: 'user', parts: [{ text: 'Tell me of the sea' }] }],
  ...more,
});

const post = (body: unknown, headers: Record<string, string> = {}, address = 'v1beta/models/m:generateContent') =>
  fetch(`${simulated.url}/${address}`, { method: 'POST', headers, body: JSON.stringify(body) });

describe('simulated Gemini', () => {
  it('answers with candidates, marked as simulated', async () => {
    await start();
    const reply = await post(asking());
    expect(reply.headers.get('content-type')).toBe('application/json');
    expect(await reply.json()).toEqual({
      candidates: [
        {
          content: { parts: [{ text: expect.stringMatching(/sea/i) }], role: 'model' },
          finishReason: 'STOP',
          index: 0,
        },
      ],
      usageMetadata: {
        promptTokenCount: 9,
        candidatesTokenCount: expect.any(Number),
        totalTokenCount: expect.any(Number),
      },
      modelVersion: 'm',
      responseId: expect.stringMatching(/^simulated-[0-9a-f]{8}$/),
    });
  });

  it('reads the name of the model as it is encoded', async () => {
    await start();
    const reply = await post(asking(), {}, 'v1/models/a%20model%3A1:generateContent');
    expect((await reply.json()).modelVersion).toBe('a model:1');
    expect((await post(asking(), {}, 'v1/models/%ff:generateContent')).status).toBe(404);
  });

  it('counts what it thinks apart from what it says', async () => {
    await start();
    const generationConfig = { thinkingConfig: { includeThoughts: true }, maxOutputTokens: 2, candidateCount: 2 };
    const { candidates, usageMetadata } = await (await post(asking({ generationConfig }))).json();
    expect(candidates).toHaveLength(2);
    expect(candidates[1]).toMatchObject({
      content: { parts: [{ thought: true }, { text: expect.any(String) }] },
      finishReason: 'MAX_TOKENS',
    });
    const { promptTokenCount: asked, thoughtsTokenCount: thoughts } = usageMetadata as Record<string, number>;
    expect(usageMetadata).toMatchObject({ candidatesTokenCount: 4, totalTokenCount: asked! + thoughts! + 4 });
  });

  it('follows a schema, with types in capitals too', async () => {
    await start();
    const responseSchema = { type: 'OBJECT', properties: { keyword: { type: 'STRING' } } };
    const generationConfig = { responseMimeType: 'application/json', responseSchema };
    const { candidates } = await (await post(asking({ generationConfig }))).json();
    expect(JSON.parse(candidates[0].content.parts[0].text)).toEqual({ keyword: 'sea' });
  });

  const tools = [{ functionDeclarations: [{ name: 'sea' }, { name: 'tide', description: 'The sea by the hour' }] }];
  it.each([
    ['each that fits', { mode: 'AUTO' }, ['sea', 'tide']],
    ['those allowed', { mode: 'ANY', allowedFunctionNames: ['tide'] }, ['tide']],
    ['none', { mode: 'NONE' }, [undefined]],
  ])('calls %s', async (_, functionCallingConfig, names) => {
    await start();
    const { candidates } = await (await post(asking({ tools, toolConfig: { functionCallingConfig } }))).json();
    expect(
      candidates[0].content.parts.map(({ functionCall }: { functionCall?: { name: string } }) => functionCall?.name),
    ).toEqual(names);
  });

  const forced = { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['x'] } };
  it.each([
    ['no contents', { contents: undefined }, 'contents is not specified'],
    ['empty contents', { contents: [] }, 'contents is not specified'],
    ['an unknown role', { contents: [{ role: 'assistant', parts: [] }] }, 'contents'],
    ['instructions without parts', { systemInstruction: 'x' }, 'system_instruction'],
    ['a strange configuration', { generationConfig: { maxOutputTokens: 'all' } }, 'generation_config'],
    ['no output', { generationConfig: { maxOutputTokens: 0 } }, 'max_output_tokens'],
    ['half a candidate', { generationConfig: { candidateCount: 0.5 } }, 'candidate_count'],
    ['tools without names', { tools: [{ functionDeclarations: [{}] }] }, 'tools'],
    ['an unknown mode', { toolConfig: { functionCallingConfig: { mode: 'SOMETIMES' } } }, 'function_calling_config'],
    ['an unknown function', { tools, toolConfig: forced }, '"x" is not among'],
    ['a mode without functions', { toolConfig: { functionCallingConfig: { mode: 'ANY' } } }, 'mode ANY'],
  ])('refuses %s', async (_, more, message) => {
    await start();
    const reply = await post(asking(more));
    expect(reply.status).toBe(400);
    expect((await reply.json()).error).toEqual({
      code: 400,
      message: expect.stringContaining(message),
      status: 'INVALID_ARGUMENT',
    });
  });

  it('answers what is no JSON, and other addresses', async () => {
    await start();
    expect((await post('x')).status).toBe(400);
    const other = await post(asking(), {}, 'v1beta/models/m:embedContent');
    expect([other.status, (await other.json()).error.status]).toEqual([404, 'NOT_FOUND']);
  });

  it('refuses a wrong key with a 400 and none with a 403, as theirs does', async () => {
    await start({ keys: ['right'] });
    const wrong = await post(asking(), { 'x-goog-api-key': 'wrong' });
    expect([wrong.status, (await wrong.json()).error.details[0].reason]).toEqual([400, 'API_KEY_INVALID']);
    const none = await post(asking());
    expect([none.status, (await none.json()).error.status]).toEqual([403, 'PERMISSION_DENIED']);
    expect((await post(asking(), { 'x-goog-api-key': 'right' })).status).toBe(200);
    expect((await post(asking(), {}, 'v1beta/models/m:generateContent?key=right')).status).toBe(200);
  });

  it.each([
    [403, 'PERMISSION_DENIED'],
    [429, 'RESOURCE_EXHAUSTED'],
    [500, 'INTERNAL'],
    [503, 'UNAVAILABLE'],
    [504, 'DEADLINE_EXCEEDED'],
  ])('says %i in its own words', async (code, status) => {
    await start({ faults: { status: { [code]: 1 } } });
    const reply = await post(asking());
    expect([reply.status, (await reply.json()).error]).toMatchObject([code, { code, status }]);
  });

  it('says how long to wait at its rate limit, in the body', async () => {
    await start({ rateLimit: { rps: 0.001, burst: 1 } });
    await post(asking());
    const reply = await post(asking());
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, null]);
    expect((await reply.json()).error.details).toEqual([
      {
        '@type': 'type.googleapis.com/google.rpc.RetryInfo',
        retryDelay: expect.stringMatching(/^(\d{3}|1000)(\.\d+)?s$/),
      },
    ]);
  });
});
