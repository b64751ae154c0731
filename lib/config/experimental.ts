import type { RouterConfig } from './router-config';

type Feature = NonNullable<RouterConfig['experimental']>[number];

const features: readonly Feature[] = ['hedge'];
const forAll = /^(1|true|yes|on)$/;

/**
 * Throws for a feature that the configuration uses although it is off. On are those in its `experimental`, and those that the environment
 * variable `RX_FANOUT_EXPERIMENTAL` names in a comma list, or all of them where it is `1`, `true`, `yes` or `on`. It is read at each call.
 */
export function checkExperimental(config: RouterConfig): void {
  for (const feature of features) {
    if (config[feature] === undefined || config.experimental?.includes(feature) === true) continue;
    if (isOn(feature, environment())) continue;
    throw new Error(
      `experimental feature '${feature}' is off: enable it with createRouter({ experimental: ['${feature}'] })`,
    );
  }
}

/** A name that we do not know is of another version, and says nothing to this one. */
function isOn(feature: Feature, said: string): boolean {
  const names = said.split(',').map((name) => name.trim().toLowerCase());
  return names.includes(feature) || (names.length === 1 && forAll.test(names[0] ?? ''));
}

/** A browser has no `process`, or one of a bundler's that has no `env`. */
function environment(): string {
  const { process } = globalThis as {
    readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
  };
  return process?.env?.['RX_FANOUT_EXPERIMENTAL'] ?? '';
}
