import * as t from 'io-ts';
import { nearest } from '../../domain/nearest';
import type { Provider } from '../../index';
import { vendors } from './vendors';
import type { Problems } from './with-secrets';

/** The provider that `{ use, model, apiKey, … }` in a configuration file describes; what is none of the kind stays as it is. */
export function providerOf(described: unknown, path: string, problems: Problems): unknown {
  if (!t.UnknownRecord.is(described) || !('use' in described)) {
    problems.push(
      `${path}: expected { use, model, apiKey? }, e.g. { use: openai, model: gpt-5-mini, apiKey: \${OPENAI_API_KEY} }`,
    );
    return undefined;
  }
  const { use, ...options } = described;
  const vendor = typeof use === 'string' && Object.hasOwn(vendors, use) ? vendors[use] : undefined;
  if (vendor === undefined) {
    const names = Object.keys(vendors);
    const meant = nearest(String(use), names);
    problems.push(
      `${path}.use: no such provider${meant === undefined ? '' : `, did you mean ${meant}`}; known are ${names.join(', ')}`,
    );
    return undefined;
  }
  const isTold = problems.some((problem) => problem.startsWith(`${path}.`)); // of a key that is missing, say
  return isTold ? undefined : made(vendor.make as (options: unknown) => Provider, options, path, problems);
}

/** A provider's own words about its options show no key. */
function made(make: (options: unknown) => Provider, options: unknown, path: string, problems: Problems): unknown {
  try {
    return make(options);
  } catch (reason) {
    problems.push(`${path}: ${reason instanceof Error ? reason.message : 'it cannot be made'}`);
    return undefined;
  }
}
