import { knownOptions } from '../../domain/known-options';
import { fileName } from '../file-name';
import type { Fsync } from './line-writer';

/** How a file is written, and what of it counts. */
export interface JournalFileOptions {
  /** When what was written is forced to the disk. Default `'interval'`: once a second, so that a power cut costs a second's results. */
  readonly fsync?: Fsync | undefined;
  /** Whether requests that failed are sent again. Default true; false: their failures are restored. */
  readonly retryFailed?: boolean | undefined;
}

const rules: Readonly<Record<string, { readonly holds: (value: unknown) => boolean; readonly must: string }>> = {
  fsync: {
    holds: (value) => ['always', 'interval', 'never'].includes(value as string),
    must: "'always', 'interval' or 'never'",
  },
  retryFailed: { holds: (value) => typeof value === 'boolean', must: 'true or false' },
  prompts: { holds: (value) => typeof value === 'boolean', must: 'true or false' },
};

/** Checks what a journal is given. Throws a `TypeError` that names the option, its value and what would be right. */
export function journalSettings(
  maker: string,
  path: unknown,
  options: JournalFileOptions,
  known: readonly string[],
): { readonly fsync: Fsync; readonly retryFailed: boolean } {
  fileName(`${maker}: path`, path);
  knownOptions(maker, options, known);
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    if (value !== undefined && rules[name]?.holds(value) === false) {
      throw new TypeError(`${maker}: ${name} must be ${rules[name].must}, not ${JSON.stringify(value)}`);
    }
  }
  return { fsync: options.fsync ?? 'interval', retryFailed: options.retryFailed ?? true };
}
