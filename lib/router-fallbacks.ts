import type { RouterContext } from './attempt/journey';
import type { FallbackRules, FallbackTable } from './attempt/next-group';
import type { Fallbacks, RouterConfig } from './config/router-config';

type Lists = Pick<RouterConfig, 'fallbacks' | 'contextWindowFallbacks' | 'contentPolicyFallbacks' | 'maxFallbacks'>;

/** Whom the names in a configuration's fallbacks mean: an entry for an alias is one for what it stands for. */
export function routerFallbacks(
  { fallbacks, contextWindowFallbacks, contentPolicyFallbacks, maxFallbacks = 5 }: Lists,
  resolve: RouterContext['resolve'],
): FallbackRules {
  return {
    fallbacks: table(fallbacks, resolve),
    contextWindowFallbacks: table(contextWindowFallbacks, resolve),
    contentPolicyFallbacks: table(contentPolicyFallbacks, resolve),
    maxFallbacks,
  };
}

function table(lists: Fallbacks = {}, resolve: RouterContext['resolve']): FallbackTable {
  return new Map(
    Object.entries(lists).map(([name, to]) => [
      groupOf(name, resolve),
      to.flatMap((one) => {
        const target = resolve(one);
        return target._tag === 'Left' ? [] : [target.right]; // only `update` can leave a name without a meaning
      }),
    ]),
  );
}

function groupOf(name: string, resolve: RouterContext['resolve']): string {
  const target = name === '*' ? undefined : resolve(name);
  if (target?._tag !== 'Right') return name;
  const { group, model, only } = target.right;
  if (only !== undefined) return name;
  return model === undefined ? group.name : group.name.replace('*', () => model);
}
