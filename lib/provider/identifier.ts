import type { Call } from '../transport/transport';
import { scrub } from './scrub';

const shape = /^[\w.\-[\]]{1,64}$/;

/** A vendor's code, field name or id, if it is one: short, without spaces, no key and no echo of the request. */
export function identifier(value: string | undefined, sent: Call | undefined): string | undefined {
  return value !== undefined && shape.test(value) && scrub(value, sent) === value ? value : undefined;
}
