import type { FailureFields, Tag, TimeoutPhase } from './error';

/** What happened, and what would help. */
type Sentence = readonly [string, string];

const sentences: Readonly<Record<Tag, Sentence>> = {
  RateLimited: ['the rate limit was reached', 'lower the concurrency, or add a deployment with a quota of its own'],
  QuotaExhausted: ['the account has no quota or credit left', 'check its plan and billing'],
  Authentication: ['the key was refused', 'check the apiKey of this deployment'],
  PermissionDenied: ['the key may not use this model', 'check its permissions'],
  NotFound: ['no such model or address', 'check model and baseURL of this deployment'],
  BadRequest: ['the request was refused', 'change it, asking again would not help'],
  ContextWindowExceeded: [
    'the request is longer than the context window',
    'shorten it, or use a model with a larger one',
  ],
  ContentPolicyViolation: ['the content policy refused the request', 'rephrase it'],
  Timeout: ['time ran out', 'allow more in timeouts'],
  Connection: ['the connection failed', 'check the network and the baseURL of this deployment'],
  ServerError: ['the server failed', 'ask again later'],
  Overloaded: ['the server is overloaded', 'ask again later, or add a deployment'],
  InvalidResponse: ['the reply is not a completion', 'check the baseURL of this deployment'],
  InvalidOutput: ['the answer does not have the asked form', 'describe the form in the prompt'],
  NoDeployment: ['no deployment is available', 'ask again later, or add one'],
  BudgetExceeded: ['the budget is used up', 'raise it to go on'],
  Cancelled: ['the request was cancelled', 'its caller wanted that'],
  Defect: ['a function that was handed to the router threw', 'mend it'],
};

const clocks: Readonly<Record<TimeoutPhase, Sentence>> = {
  queue: ['waiting for a deployment took longer than queueMs', 'allow more, or add a deployment'],
  attempt: ['no complete reply within attemptMs', 'allow more, or ask for a shorter answer'],
  firstChunk: ['no content within firstChunkMs', 'allow more'],
  chunk: ['the stream was silent for longer than chunkMs', 'allow more'],
  total: ['the request took longer than totalMs', 'allow more'],
};

/** Of a browser, which does not say to a program why a call failed. */
const withheld: Sentence = [
  sentences.Connection[0],
  `${sentences.Connection[1]}; a browser says in its console why, and whether CORS forbade the call`,
];

type Described = Omit<FailureFields, 'message' | 'detail'> & { readonly phase?: TimeoutPhase };

/** One line from tag, place, status and code; never from anything that a request or a header said. */
export function describeFailure(fields: Described): string {
  const [happened, remedy] = sentenceOf(fields);
  const facts = [
    fields.status === undefined ? undefined : `status ${String(fields.status)}`,
    fields.code,
    fields.param === undefined ? undefined : `param ${fields.param}`,
    fields.retryAfterMs === undefined ? undefined : `retry after ${String(Math.round(fields.retryAfterMs))} ms`,
  ].filter((fact) => fact !== undefined);
  const place = fields.deployment === undefined ? '' : `${fields.deployment}: `;
  return `${place}${happened}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}: ${remedy}`;
}

function sentenceOf({ _tag, phase, code }: Described): Sentence {
  if (phase !== undefined) return clocks[phase];
  return code === 'ERR_NETWORK' ? withheld : sentences[_tag];
}
