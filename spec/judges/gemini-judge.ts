import { GoogleGenAI, type GenerateContentParameters, type GenerateContentResponse, type Part } from '@google/genai';
import type { Judge } from './judge';
import type { Understood } from './understood';

type Ask = Omit<GenerateContentParameters, 'model'>;
type Body = Pick<GenerateContentResponse, 'usageMetadata' | 'modelVersion' | 'responseId'> & {
  readonly candidates: readonly {
    readonly index: number;
    readonly content: { readonly role: 'model'; readonly parts: readonly Part[] };
    readonly finishReason: string | undefined;
  }[];
};

/** Google's SDK. It has no accumulator: a stream is its responses, whose parts are put behind each other here. */
export const geminiJudge: Judge<Ask> = {
  whole: async (url, ask) => heard(joined([await client(url).models.generateContent({ ...ask, model: 'm' })])),
  streamed: async (url, ask) => {
    const responses: GenerateContentResponse[] = [];
    for await (const one of await client(url).models.generateContentStream({ ...ask, model: 'm' })) responses.push(one);
    const body = joined(responses);
    return { heard: heard(body), body };
  },
};

/** Its own way to `fetch` looks for a global of Node's that jest hides. */
function client(baseUrl: string): GoogleGenAI {
  return new GoogleGenAI({ apiKey: 'k', httpOptions: { baseUrl, fetch } });
}

function joined(responses: readonly GenerateContentResponse[]): Body {
  const all = responses.flatMap(({ candidates = [] }) => candidates);
  const places = [...new Set(all.map(({ index = 0 }) => index))].sort((a, b) => a - b);
  return {
    candidates: places.map((place) => {
      const own = all.filter(({ index = 0 }) => index === place);
      return {
        index: place,
        content: { role: 'model', parts: own.flatMap(({ content }) => content?.parts ?? []) },
        finishReason: own.flatMap(({ finishReason }) => finishReason ?? []).at(-1),
      };
    }),
    usageMetadata: responses.flatMap(({ usageMetadata }) => usageMetadata ?? []).at(-1),
    modelVersion: responses.at(-1)?.modelVersion,
    responseId: responses.at(-1)?.responseId,
  } as Body;
}

const reasons: Readonly<Record<string, string>> = { STOP: 'stop', MAX_TOKENS: 'length', SAFETY: 'content_filter' };

function heard({ candidates, usageMetadata: usage }: Body): Understood {
  const thoughts = usage?.thoughtsTokenCount ?? 0;
  return {
    choices: candidates.map(({ content: { parts }, finishReason: reason = '' }) => {
      const calls = parts.flatMap(({ functionCall: call, thoughtSignature }) =>
        call === undefined
          ? []
          : [{ ...call, extra: thoughtSignature && { google: { thought_signature: thoughtSignature } } }],
      );
      return {
        text: textOf(parts.filter(({ thought }) => thought !== true)),
        reasoning: textOf(parts.filter(({ thought }) => thought === true)),
        refusal: '',
        calls: calls.map(({ id, name = '', args = {}, extra }, at) => ({
          id: id ?? `call_${String(at)}`,
          name,
          args,
          extra,
        })),
        finish: reason === 'STOP' && calls.length > 0 ? 'tool_calls' : (reasons[reason] ?? reason),
      };
    }),
    tokens: usage && {
      prompt: usage.promptTokenCount ?? 0,
      completion: (usage.candidatesTokenCount ?? 0) + thoughts,
      total: usage.totalTokenCount ?? 0,
      cached: usage.cachedContentTokenCount ?? 0,
      reasoning: thoughts,
    },
  };
}

function textOf(parts: readonly Part[]): string {
  return parts.map(({ text = '' }) => text).join('');
}
