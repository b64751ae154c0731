import { faultNames } from './fault-names';
import type { SimulationFaults } from './options';

/** What goes wrong with one completion: an error status, or a kind of fault. */
export type Fault = number | Exclude<keyof SimulationFaults, 'status'>;

/** The fault that the chance `u`, in [0, 1), falls on: shares side by side, and nothing (`undefined`) above their sum. */
export function chooseFault({ status = {}, ...kinds }: SimulationFaults, u: number): Fault | undefined {
  const shares: readonly (readonly [Fault, number | undefined])[] = [
    ...Object.entries(status).map(([code, share]) => [Number(code), share] as const),
    ...faultNames.map((kind) => [kind, kinds[kind]] as const),
  ];
  let left = u;
  for (const [fault, share = 0] of shares) {
    if (left < share) return fault;
    left -= share;
  }
  return undefined;
}
