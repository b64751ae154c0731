import type { FailureFields, Tag } from './error';

/** What happened, and what would help, in one sentence a tag. */
const sentences: Record<Tag, string> = {
  RateLimited: 'the rate limit was reached',
  QuotaExhausted: 'the account has no quota or credit left: check its plan and billing',
  Authentication: 'the key was refused: check the apiKey of this deployment',
  PermissionDenied: 'the key may not use this model: check its permissions',
  NotFound: 'no such model or address: check model and baseURL of this deployment',
  BadRequest: 'the request was refused',
  ContextWindowExceeded: 'the request is longer than the context window',
  ContentPolicyViolation: 'the content policy refused the request',
  Timeout: 'time ran out',
  Connection: 'the connection failed',
  ServerError: 'the server failed',
  Overloaded: 'the server is overloaded',
  InvalidResponse: 'the reply is not a completion',
  InvalidOutput: 'the answer does not have the asked form',
  NoDeployment: 'no deployment is available',
  BudgetExceeded: 'the budget is used up',
  Cancelled: 'the request was cancelled',
  Defect: 'a function that was handed to the router threw',
};

const clocks = {
  queue: 'waiting for a deployment took longer than queueMs',
  attempt: 'no complete reply within attemptMs',
  firstChunk: 'no content within firstChunkMs',
  chunk: 'the stream was silent for longer than chunkMs',
  total: 'the request took longer than totalMs',
} as const;

type Described = Omit<FailureFields, 'message' | 'detail'> & { readonly phase?: keyof typeof clocks };

/** One line from tag, place, status and code; never from anything that a request or a header said. */
export function describeFailure(fields: Described): string {
  const said = fields.phase === undefined ? sentences[fields._tag] : clocks[fields.phase];
  const facts = [
    fields.status === undefined ? undefined : `status ${String(fields.status)}`,
    fields.code,
    fields.param === undefined ? undefined : `param ${fields.param}`,
    fields.retryAfterMs === undefined ? undefined : `retry after ${String(Math.round(fields.retryAfterMs))} ms`,
  ].filter((fact) => fact !== undefined);
  const place = fields.deployment === undefined ? '' : `${fields.deployment}: `;
  return `${place}${said}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}`;
}
