import { countTokens } from '../../../lib/tokens/count-tokens';

/** What `countTokens` emits, and that it does so at once; its encoding must be loaded. */
export function counted(...[request, model]: Parameters<typeof countTokens>): number {
  const told: unknown[] = [];
  countTokens(request, model).subscribe({
    next: (tokens) => told.push(tokens),
    complete: () => told.push('complete'),
  });
  const [tokens, end, ...rest] = told;
  if (typeof tokens !== 'number' || end !== 'complete' || rest.length > 0)
    throw new Error(`It emitted ${String(told)}.`);
  return tokens;
}
