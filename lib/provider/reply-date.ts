import type { Reply } from '../transport/transport';

/** When a reply was made, by the clock of its server: its `date` header in seconds since the epoch; 0 when it has none that can be read. */
export function replyDate({ headers }: Pick<Reply, 'headers'>): number {
  const ms = Date.parse(headers['date'] ?? '');
  return Number.isFinite(ms) ? Math.floor(ms / 1000) : 0;
}
