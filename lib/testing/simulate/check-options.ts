import { knownOptions } from '../../domain/known-options';
import { optionsObject } from '../../domain/options-object';
import { faultNames } from './fault-names';
import type { SimulationOptions } from './options';

/** Throws one `TypeError` that lists every wrong option by path, with the value it has. */
export function checkOptions(options: SimulationOptions): void {
  knownOptions('simulateProviders', options, ['port', 'seed', 'latency', 'rateLimit', 'faults', 'keys']);
  const { port, seed, latency, rateLimit, faults } = options;
  for (const [name, group] of Object.entries({ latency, rateLimit, faults })) {
    if (group !== undefined) optionsObject(`simulateProviders: ${name}`, group);
  }
  knownOptions('simulateProviders: faults', faults ?? {}, ['status', ...faultNames]);
  const { status = {}, ...others } = faults ?? {};
  const shares = [
    ...Object.entries(others).map(([name, share]) => [`faults.${name}`, share] as const),
    ...Object.entries(status).map(([code, share]) => [`faults.status.${code}`, share] as const),
  ].filter(([, share]) => share !== undefined);
  const sum = shares.reduce((total, [, share]) => total + Number(share), 0);
  const problems = [
    wrong('port', port, (n) => Number.isInteger(n) && n >= 0 && n <= 65_535, 'a port number'),
    wrong('seed', seed, Number.isFinite, 'a number'),
    wrong('latency.p50Ms', inside(latency, 'p50Ms'), (n) => n > 0 && n < Infinity, 'a number of ms above 0'),
    wrong(
      'latency.p99Ms',
      inside(latency, 'p99Ms'),
      (n) => n >= (latency?.p50Ms ?? 0) && n < Infinity,
      'at least p50Ms',
    ),
    wrong('latency.perTokenMs', latency?.perTokenMs, (n) => n >= 0 && n < Infinity, 'a number of ms from 0'),
    wrong('rateLimit.rps', inside(rateLimit, 'rps'), (n) => n > 0, 'a number above 0'),
    wrong('rateLimit.burst', rateLimit?.burst, (n) => n >= 1, 'a number from 1'),
    ...Object.keys(status).map((code) =>
      wrong('faults.status', Number(code), (n) => Number.isInteger(n) && n >= 400 && n <= 599, 'a status 400 to 599'),
    ),
    ...shares.map(([path, share]) => wrong(path, share, (n) => n >= 0 && n <= 1, 'a share from 0 to 1')),
    wrong('faults (sum)', sum, (n) => n <= 1 + 1e-9, 'at most 1'),
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new TypeError(`simulateProviders: ${problems.join('; ')}`);
}

/** What must be there if the whole is. */
function inside<Whole extends object>(whole: Whole | undefined, name: keyof Whole): unknown {
  return whole === undefined ? undefined : (whole[name] ?? null);
}

function wrong(path: string, value: unknown, right: (n: number) => boolean, expected: string): string | undefined {
  if (value === undefined || (typeof value === 'number' && right(value))) return undefined;
  return `${path} is ${value === null ? 'missing' : JSON.stringify(value)}, expected ${expected}`;
}
