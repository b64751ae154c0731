import { createHash } from 'node:crypto';
import { canonicalJson } from '../../bulk/canonical-json';

/** The key of a request: the SHA-256 (hex) of the canonical JSON of what is sent and of the run's tag. */
export function requestKey(request: unknown, tag?: string): string {
  return createHash('sha256').update(canonicalJson({ request, tag })).digest('hex');
}
