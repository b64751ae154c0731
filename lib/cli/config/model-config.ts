import { openAICompatible, type Provider, type RouterConfig } from '../../index';
import { nearest } from '../../domain/nearest';
import { UsageError } from '../usage-error';
import { vendors } from './vendors';

/**
 * A configuration of one deployment, from a model's name: `gpt-5-mini` is OpenAI's, `anthropic/claude-sonnet-5` that vendor's, each with
 * the key that is usually in the environment; with a base URL that of any OpenAI-compatible server, key or not. It serves every request,
 * whichever model that names; with a base URL alone each is sent to the model that it names.
 */
export function modelConfig(
  { model, baseUrl }: { readonly model?: string | undefined; readonly baseUrl?: string | undefined },
  env: Readonly<Record<string, string | undefined>>,
): RouterConfig {
  if (baseUrl !== undefined) return ofAll(compatible(model ?? '*', baseUrl, env), model ?? baseUrl);
  if (model !== undefined) return ofAll(ofVendor(model, env), model);
  throw new UsageError('say where requests go: --config FILE, or --model NAME, e.g. --model openai/gpt-5-mini');
}

function ofAll(provider: Provider, id: string): RouterConfig {
  return { deployments: [{ group: '*', id, provider }] };
}

function compatible(model: string, baseURL: string, env: Readonly<Record<string, string | undefined>>): Provider {
  try {
    return openAICompatible({ model, baseURL, apiKey: env['OPENAI_API_KEY'] });
  } catch (reason) {
    throw new UsageError(`--base-url: ${reason instanceof Error ? reason.message : 'it cannot be used'}`);
  }
}

function ofVendor(name: string, env: Readonly<Record<string, string | undefined>>): Provider {
  const [, first, rest] = /^([\w-]+)\/(.+)$/.exec(name) ?? [];
  const use = first ?? 'openai';
  const vendor = Object.hasOwn(vendors, use) && use !== 'openAICompatible' ? vendors[use] : undefined;
  if (vendor === undefined) {
    const meant = nearest(use, Object.keys(vendors));
    throw new UsageError(
      `--model ${name}: no provider '${use}'${meant === undefined ? '' : `, did you mean ${meant}`}; known are ${Object.keys(vendors).join(', ')}, or any other server by --base-url`,
    );
  }
  const apiKey = vendor.key === undefined ? undefined : env[vendor.key];
  if (vendor.key !== undefined && !apiKey) {
    throw new UsageError(
      `--model ${name}: the environment has no ${vendor.key}: set it, or name a server by --base-url`,
    );
  }
  const make = vendor.make as (options: object) => Provider;
  return make({ model: rest ?? name, ...(apiKey === undefined ? {} : { apiKey }) });
}
