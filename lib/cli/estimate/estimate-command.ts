import { createRouter } from '../../index';
import { targetConfig, type TargetOptions } from '../config/target-config';
import { firstOf } from '../input/first-of';
import { readInput, type InputOptions } from '../input/read-input';
import type { Io } from '../io';
import { tellJson } from '../json-display';
import { checkInput } from '../run/check-files';
import { estimate } from './estimate';
import { estimateText } from './estimate-text';

export interface EstimateOptions extends TargetOptions, InputOptions {
  readonly limit?: number | undefined;
  readonly json: boolean;
}

/** The command `estimate`. Resolves to the exit code: 2 when some requests would not be sent. */
export async function estimateCommand(input: string, options: EstimateOptions, io: Io): Promise<number> {
  await checkInput(input);
  const config = await targetConfig(options, io);
  createRouter(config).close(); // says what is wrong with it
  const found = await estimate(firstOf(options.limit ?? Infinity, readInput(input, options)), config);
  if (options.json) tellJson(io, found);
  else io.out(estimateText(found));
  return found.refused > 0 ? 2 : 0;
}
