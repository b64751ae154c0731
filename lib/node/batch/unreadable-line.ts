import { unreadableRequest } from '../../domain/unreadable-request';
import type { BatchRequest } from './batch-request';

/**
 * A request in the place of a line that cannot be read: a router answers it with a `BadRequest` that tells the problem and the line.
 *
 * @param line from 1
 */
export function unreadableLine(problem: string, line: number, custom_id = `line-${String(line)}`): BatchRequest {
  return unreadableRequest(`line ${String(line)}: ${problem}`, { custom_id, line });
}
