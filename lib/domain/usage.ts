import * as t from 'io-ts';

/** Tokens that a provider says (or we estimate) an answer took. */
export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly totalTokens: number;
  readonly cachedTokens?: number;
  readonly reasoningTokens?: number;
  /** Some of these figures are our estimate: an attempt was aborted or lost after it was sent. */
  readonly estimated?: true;
}

export const Usage: t.Type<Usage> = t.intersection(
  [
    t.type({ promptTokens: t.number, completionTokens: t.number, totalTokens: t.number }),
    t.partial({ cachedTokens: t.number, reasoningTokens: t.number, estimated: t.literal(true) }),
  ],
  'Usage',
);

export const noUsage: Usage = { promptTokens: 0, completionTokens: 0, totalTokens: 0 };

/** The sum of two usages. A figure that only one side knows is kept; an estimate makes the sum an estimate. */
export function addUsage(a: Usage, b: Usage): Usage {
  if (a === noUsage) return b;
  return {
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    totalTokens: a.totalTokens + b.totalTokens,
    ...optionalSum('cachedTokens', a, b),
    ...optionalSum('reasoningTokens', a, b),
    ...(a.estimated === true || b.estimated === true ? { estimated: true as const } : {}),
  };
}

function optionalSum(field: 'cachedTokens' | 'reasoningTokens', a: Usage, b: Usage): Partial<Usage> {
  const [x, y] = [a[field], b[field]];
  return x === undefined && y === undefined ? {} : { [field]: (x ?? 0) + (y ?? 0) };
}
