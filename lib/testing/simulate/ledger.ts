/** What the server has seen since it started. */
export interface SimulationStats {
  /** HTTP requests that arrived. */
  readonly requests: number;
  /** Arrived, and neither answered to the end nor left. */
  readonly inFlight: number;
  readonly maxInFlight: number;
  /** Connections that are open now, idle ones included. */
  readonly openSockets: number;
  /** Requests whose client left before the reply was complete. */
  readonly aborted: number;
  /** Complete replies by status. Resets and cuts are in none of these counts but `requests`. */
  readonly byStatus: Readonly<Record<number, number>>;
}

/** Ends a request's count, once: with the status of its reply, or how it went without one. */
export type Settle = (end: number | 'aborted' | 'reset') => void;

/** The counts of requests. A reply counts in the moment it is handed over, so that no client can be seen to overtake it. */
export interface Ledger {
  readonly arrived: () => Settle;
  readonly read: () => Omit<SimulationStats, 'openSockets'>;
}

export function createLedger(): Ledger {
  const byStatus: Record<number, number> = {};
  let [requests, inFlight, maxInFlight, aborted] = [0, 0, 0, 0];
  return {
    arrived: () => {
      requests += 1;
      inFlight += 1;
      maxInFlight = Math.max(maxInFlight, inFlight);
      let open = true;
      return (end) => {
        if (!open) return;
        open = false;
        inFlight -= 1;
        if (end === 'aborted') aborted += 1;
        else if (end !== 'reset') byStatus[end] = (byStatus[end] ?? 0) + 1;
      };
    },
    read: () => ({ requests, inFlight, maxInFlight, aborted, byStatus: { ...byStatus } }),
  };
}
