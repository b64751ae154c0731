import type { RouterConfig } from '../../index';
import type { Io } from '../io';
import { UsageError } from '../usage-error';
import { loadConfig } from './load-config';
import { modelConfig } from './model-config';
import { withOwnKnowledge } from './with-own-knowledge';

/** Where requests go, as the command line says it. */
export interface TargetOptions {
  readonly config?: string | undefined;
  readonly model?: string | undefined;
  readonly baseUrl?: string | undefined;
}

/** The router's configuration that a command line asks for. What of a file has no effect is told. */
export async function targetConfig({ config, model, baseUrl }: TargetOptions, io: Io): Promise<RouterConfig> {
  if (config !== undefined) {
    if (model !== undefined || baseUrl !== undefined) {
      throw new UsageError('--config says where requests go: leave out --model and --base-url');
    }
    const loaded = await loadConfig(config, io.env);
    for (const warning of loaded.warnings) io.err(`warning: ${warning}\n`);
    return withOwnKnowledge(loaded.config);
  }
  return withOwnKnowledge(modelConfig({ model, baseUrl }, io.env));
}
