import { left, right } from 'fp-ts/Either';
import { azureOpenAI, type AzureOpenAIOptions } from '../provider/openai/azure-openai';
import type { Fields } from './fields';
import { fieldOrVariable } from './field-or-variable';
import { given } from './given';
import { missing } from './missing';
import type { MadeProvider } from './provider-of';
import type { Reading } from './reading';

const keys = ['AZURE_OPENAI_API_KEY', 'AZURE_API_KEY'];
const bases = ['AZURE_API_BASE'];
/** What LiteLLM asks for when no version is given: `AZURE_DEFAULT_API_VERSION` of litellm 1.109. */
const defaultVersion = '2025-02-01-preview';
/** With these LiteLLM, too, uses the API that has no versions. */
const unversioned = /^(v1|latest|preview)$/;

/** The provider of `azure/name`. */
export function azureOf(
  params: Fields,
  { model, headers }: Pick<AzureOpenAIOptions, 'model' | 'headers'>,
  reading: Reading,
): MadeProvider {
  const apiBase = fieldOrVariable(params, 'api_base', bases, reading);
  const credential = credentialOf(params, reading);
  if (credential === undefined && params.has('tenant_id')) {
    return left('signing in at Microsoft Entra ID is not done here: make it with azureOpenAI({ adToken })');
  }
  if (apiBase === undefined) missing(params, 'api_base', bases, reading);
  if (credential === undefined) missing(params, 'api_key', keys, reading);
  const version = fieldOrVariable(params, 'api_version', ['AZURE_API_VERSION'], reading) ?? defaultVersion;
  if (apiBase === undefined || credential === undefined) return right(undefined);
  return right(
    azureOpenAI({
      model: model.replace(/^(o_series|gpt5_series)\//, ''), // tells LiteLLM alone what kind of model it is
      ...(/\/openai(\/|$)/.test(apiBase) ? { baseURL: apiBase } : { endpoint: apiBase }),
      ...credential,
      ...given({ headers, apiVersion: unversioned.test(version) ? undefined : version }),
    }),
  );
}

type Credential = Pick<AzureOpenAIOptions, 'apiKey' | 'adToken'>;

function credentialOf(params: Fields, reading: Reading): Credential | undefined {
  const byToken = !params.has('api_key') && params.has('azure_ad_token');
  const apiKey = byToken ? undefined : fieldOrVariable(params, 'api_key', keys, reading);
  if (apiKey !== undefined) return { apiKey };
  const token = fieldOrVariable(params, 'azure_ad_token', ['AZURE_AD_TOKEN'], reading);
  return token === undefined ? undefined : { adToken: () => [token] };
}
