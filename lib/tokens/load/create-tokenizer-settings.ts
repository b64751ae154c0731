import { clocksAndChance } from '../../config/clocks-and-chance';
import { knownOptions } from '../../domain/known-options';
import { defaultCaps } from '../../transport/caps';
import { unsendableHeader } from '../../transport/unsendable-header';
import type { CreateTokenizerOptions } from '../create-tokenizer-options';
import { isEncodingName } from './is-encoding-name';
import { hubAddress } from '../hub/hub-address';
import { oneLine } from './one-line';

type Defaulted = 'fallback' | 'revision' | 'offline' | 'timeoutMs' | 'maxBytes' | 'failureTtlMs' | 'now';

/** The options of `createTokenizer`, with its defaults. */
export type CreateTokenizerSettings = Omit<CreateTokenizerOptions, Defaulted> & {
  readonly [Name in Defaulted]: NonNullable<CreateTokenizerOptions[Name]>;
};

/** Checks what `createTokenizer` is given. Throws a `TypeError` that names the option, its value (never that of the token) and what would be right. */
export function createTokenizerSettings(id: unknown, options: CreateTokenizerOptions): CreateTokenizerSettings {
  if (typeof id !== 'string' || id.trim() === '') {
    throw wrong(`id must be ${idMust}, not ${shown(id)}`);
  }
  knownOptions('createTokenizer', options, Object.keys(rules));
  for (const [name, rule] of Object.entries(rules)) {
    const value = options[name as keyof CreateTokenizerOptions];
    if (value !== undefined && !rule.holds(value))
      throw wrong(`${name} must be ${rule.must}${rule.isSecret ? '' : `, not ${shown(value)}`}`);
  }
  return {
    ...options,
    fallback: options.fallback ?? 'o200k_base',
    revision: options.revision ?? 'main',
    offline: options.offline ?? false,
    timeoutMs: options.timeoutMs ?? 30_000,
    maxBytes: options.maxBytes ?? defaultCaps.bodyBytes,
    failureTtlMs: options.failureTtlMs ?? 300_000,
    now: options.now ?? clocksAndChance.now,
  };
}

interface Rule {
  readonly holds: (value: unknown) => boolean;
  readonly must: string;
  readonly isSecret?: true;
}

const idMust = "a folder (./models/mine), a package, a name on the hub ('Qwen/Qwen3-8B') or an encoding ('o200k_base')";

const rules: Readonly<Record<keyof CreateTokenizerOptions, Rule>> = {
  fallback: { holds: isEncodingName, must: "'o200k_base' or 'cl100k_base'" },
  revision: {
    holds: (value) => typeof value === 'string' && /[^.\s]/.test(value),
    must: 'a branch, a tag or a commit',
  },
  token: {
    holds: (value) => typeof value === 'function' || isToken(value),
    must: 'a text that an HTTP header can carry, without spaces and line breaks, or a function that gives one',
    isSecret: true,
  },
  source: {
    holds: (value) => ['folder', 'package', 'hub'].includes(value as string) || hubAddress(value) !== undefined,
    must: "'folder', 'package', 'hub' or the http(s) address of a hub, without user name, query and fragment",
    isSecret: true, // an address may hold a password
  },
  offline: { holds: (value) => typeof value === 'boolean', must: 'true or false' },
  transport: {
    holds: (value) => typeof value === 'function' || (typeof value === 'object' && value !== null),
    must: 'a transport or an axios instance',
  },
  timeoutMs: { holds: (value) => typeof value === 'number' && value > 0, must: 'a number of ms above 0, or Infinity' },
  maxBytes: {
    holds: (value) => Number.isInteger(value) && Number(value) > 0,
    must: 'a whole number of bytes from 1',
  },
  failureTtlMs: {
    holds: (value) => typeof value === 'number' && value >= 0,
    must: 'a number of ms from 0, or Infinity',
  },
  now: { holds: (value) => typeof value === 'function', must: 'a function giving ms' },
};

function isToken(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value !== '' &&
    !value.includes(' ') &&
    unsendableHeader({ authorization: value }) === undefined
  );
}

function wrong(problem: string): TypeError {
  return new TypeError(`createTokenizer: ${problem}`);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${oneLine(value)}'`;
  return value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : `a value of type ${typeof value}`;
}
