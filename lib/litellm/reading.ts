/** A field of LiteLLM's that this router has no counterpart for. */
export interface Unsupported {
  /** Where it stands, e.g. `router_settings.redis_host`. */
  readonly path: string;
  readonly reason: string;
}

/** What is learned while a configuration is read. */
export interface Reading {
  /** Where `os.environ/NAME` and the vendors' usual variables are looked up. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What is wrong, each with its path; never with a value that may be a secret. */
  readonly problems: string[];
  readonly unsupported: Unsupported[];
}
