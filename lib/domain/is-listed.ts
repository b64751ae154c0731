import { starIn } from './star-in';

/** Whether prices are known of a model, or of some that the star in its name may stand for. */
export function isListed(model: string, prices: object): boolean {
  return Object.keys(prices).some((name) => name === model || starIn(name, model) !== undefined);
}
