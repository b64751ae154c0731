import type { Ratio } from '../measure/ratio';

/** Two digits that mean something: 0.36, 4.1, 23. */
export function figure(value: number): string {
  return Math.abs(value) < 10 ? Number(value.toPrecision(2)).toString() : Math.round(value).toString();
}

/** A ratio with its noise: `1.2 (1.1–1.4)`; `1` for what all others are compared to. */
export function shown({ of, lowest, highest }: Ratio): string {
  return lowest === 1 && highest === 1 ? '1' : `${of.toFixed(2)} (${lowest.toFixed(2)}–${highest.toFixed(2)})`;
}
