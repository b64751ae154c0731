/** Names of fields, and why those have no counterpart. The first that fits counts. */
type Reasons = readonly (readonly [RegExp, string])[];

const none = 'has no counterpart';
const requests = 'a field of requests: set it in each of them';
const proxy = 'a feature of the proxy server, which is not here';
const redis = 'limits and cooldowns belong to one process; `shared` is where others could be joined';
const cache = 'answers are not cached';
const callbacks = 'subscribe to events$ instead';
const budgets = "a budget is the router's or a run's, without a period: `budget`";
const cost =
  'a price is input_cost_per_token, output_cost_per_token and cache_read_input_token_cost, and those above the lowest threshold';
const byMinute = 'limits are those of a minute: rpm, tpm';

const params: Reasons = [
  [/^(aws|s3|vertex|gcs|bucket|watsonx|bedrock|region)_/, 'belongs to a vendor that is not served'],
  [
    /^(temperature|top_[pk]|n|seed|stop|max_tokens|max_completion_tokens|presence_penalty|frequency_penalty|logit_bias|logprobs|top_logprobs|tools|tool_choice|parallel_tool_calls|response_format|reasoning_effort|thinking|user|stream|stream_options|service_tier|extra_body|metadata|modalities|store|verbosity)$/,
    requests,
  ],
  [/^num_retries$/, "retries are the router's (num_retries), or a request's (routing.maxRetries)"],
  [/^drop_params$/, 'one setting for all models: litellm_settings.drop_params'],
  [/budget/, budgets],
  [/^([tr]pd|[io]tpm|daily_reset_time)$/, byMinute],
  [/^mock_/, 'for tests: fakeProvider of rx-fanout/testing'],
  [/^(tenant_id|client_id|client_secret|azure_)/, 'one way to sign in is enough: it is not this one'],
  [/cost/, cost],
  [/^(litellm_credential_name|configurable_clientside_auth_params|use_in_pass_through|default_api_key_)/, proxy],
];
const info: Reasons = [
  [/cost/, cost],
  [
    /^base_model$/,
    'no list of prices is looked into here: give the prices and max_input_tokens, or prices of rx-fanout/tokens to the router',
  ],
  [/^(team_|access_|member_|db_model|created_|updated_|blocked|discoverable)/, proxy],
  [/^allowed_fails_policy$/, "failures by kind are borne by the router's rule, for all deployments: router_settings"],
];
const router: Reasons = [
  [/^redis_/, redis],
  [/cache|caching|client_ttl/, cache],
  [/^routing_strategy_args$/, 'the strategies have no settings'],
  [/^routing_groups$/, 'a strategy for each group: `strategy: { group: name }`'],
  [/^model_group_retry_policy$/, 'one retryPolicy for all groups; routing.maxRetries for one request'],
  [/^optional_pre_call_checks$/, 'rpm and tpm are always kept to; the other checks are not here'],
  [/budget/, budgets],
  [/^(set_verbose|debug_level|alerting_config)$/, callbacks],
  [/health_check/, 'nothing is asked in the background: one probe, with the next request, ends a cooldown'],
  [/^default_priority$/, "a priority is a request's (routing.priority), by default 5"],
  [/^default_litellm_params$/, requests],
  [/^(tag_routing_prefix|plugins|assistants_config|search_tools|guardrail_list)$/, proxy],
];
const settings: Reasons = [
  [/callback|^(set_verbose|json_logs|turn_off_message_logging|log_raw_request)/, callbacks],
  [/cache/, cache],
  [/budget/, budgets],
  [/^cooldown_time$/, 'LiteLLM reads it in router_settings'],
  [/^ssl_|^proxy$|^force_ipv4$/, "how calls travel is the transport's: `transport`"],
  [/^(api_key|api_base)$/, 'give each model its own'],
];
const top: Reasons = [
  [/^general_settings$/, proxy],
  [
    /^(mcp_|guardrails|vector_store|assistant_settings|files_settings|finetune_settings|credential_list|search_tools|sandbox)/,
    proxy,
  ],
];

const reasonIn =
  (reasons: Reasons, otherwise: string) =>
  (key: string): string =>
    reasons.find(([pattern]) => pattern.test(key))?.[1] ?? otherwise;

/** Why a field of a section that nobody has read is not supported. */
export const reasons: Readonly<
  Record<'top' | 'entry' | 'params' | 'info' | 'router' | 'settings', (key: string) => string>
> = {
  top: reasonIn(top, none),
  entry: reasonIn([], none),
  params: reasonIn(params, none),
  info: reasonIn(info, 'a description: nothing is chosen by it'),
  router: reasonIn(router, none),
  settings: reasonIn(settings, none),
};
