import { knownOptions } from '../../domain/known-options';
import { checkedBaseURL } from '../checked-base-url';
import type { HostedOptions } from './hosted';
import { openAIServer } from './openai-server';
import type { Provider } from '../provider';

/** A deployment of a model in Azure. */
export interface AzureOpenAIOptions extends Pick<HostedOptions, 'model' | 'headers'> {
  /** The resource, e.g. `https://my-resource.openai.azure.com`; `/openai` and the rest are put behind it. */
  readonly endpoint?: string | undefined;
  /** In place of `endpoint`: the address up to and with `/openai`, or `/openai/v1`; or that of one deployment. */
  readonly baseURL?: string | undefined;
  /** Name of the deployment, where it is not the model's. A star in both is filled for each call. */
  readonly deployment?: string | undefined;
  /** E.g. `2024-10-21`. Absent: Azure's v1 API, which has no versions. */
  readonly apiVersion?: string | undefined;
  /** A key of the resource, or a function asked before each attempt. */
  readonly apiKey?: HostedOptions['apiKey'] | undefined;
  /** In place of a key: asked before each attempt for a token of Microsoft Entra ID (Azure AD). */
  readonly adToken?: Exclude<HostedOptions['apiKey'], string> | undefined;
}

const name = 'azureOpenAI';
const known = ['model', 'endpoint', 'baseURL', 'deployment', 'apiVersion', 'apiKey', 'adToken', 'headers'];

/**
 * OpenAI's chat completions in Azure. It opens nothing; a wrong option is a `TypeError` that does not show its value.
 *
 * @example azureOpenAI({ endpoint: 'https://my-resource.openai.azure.com', model: 'gpt-5-mini', apiKey })
 * @example azureOpenAI({ endpoint, model: 'gpt-4o', deployment: 'team-a', apiVersion: '2024-10-21', adToken })
 */
export function azureOpenAI(options: AzureOpenAIOptions): Provider {
  knownOptions(name, options, known);
  const { model, deployment = model, apiKey, adToken, headers } = options;
  if ((apiKey === undefined) === (adToken === undefined)) {
    throw new TypeError(`${name}: give either apiKey or adToken`);
  }
  if (adToken !== undefined && typeof adToken !== 'function') throw new TypeError(`${name}: adToken is not a function`);
  return openAIServer({
    name,
    model,
    calledAs: deployment,
    url: addressOf(options),
    headers,
    dialect: { takesBack: 'nothing' }, // as OpenAI
    ...(adToken === undefined
      ? { apiKey, withKey: (key) => ({ 'api-key': key }) }
      : { apiKey: adToken, keyOption: 'adToken' }),
  });
}

/**
 * As the `AzureOpenAI` client of OpenAI's SDK has it: a base that names a deployment is taken at its word. Unlike
 * there, one that ends in `/v1` is too: the deployment is then named by the body alone.
 */
function addressOf({ endpoint, baseURL, apiVersion }: AzureOpenAIOptions): (deployment: string) => string {
  if ((endpoint === undefined) === (baseURL === undefined)) {
    throw new TypeError(`${name}: give either endpoint or baseURL`);
  }
  const api = apiVersion === undefined ? '/openai/v1' : '/openai';
  const base =
    endpoint === undefined ? checkedBaseURL(name, baseURL) : checkedBaseURL(name, endpoint, 'endpoint') + api;
  const isWhole = apiVersion === undefined || base.endsWith('/v1') || base.includes('/deployments/');
  const query = apiVersion === undefined ? '' : `?api-version=${encodeURIComponent(apiVersion)}`;
  return (deployment) => {
    const path = isWhole ? base : `${base}/deployments/${encodeURIComponent(deployment)}`;
    return `${path}/chat/completions${query}`;
  };
}
