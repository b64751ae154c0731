import type { Fsync } from '../../node/index';
import type { TargetOptions } from '../config/target-config';
import type { InputOptions } from '../input/read-input';

/** What `run` is asked for. */
export interface RunOptions extends TargetOptions, InputOptions {
  readonly out: string;
  readonly limit?: number | undefined;
  readonly concurrency: number;
  readonly resume: boolean;
  readonly force: boolean;
  readonly maxUsd?: number | undefined;
  readonly maxErrorRate: number;
  readonly order: boolean;
  readonly dedupe: boolean;
  readonly tag?: string | undefined;
  readonly fsync: Fsync;
  readonly json: boolean;
}
