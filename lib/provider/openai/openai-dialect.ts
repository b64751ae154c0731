/**
 * How the requests that a server takes differ from OpenAI's own: data, each row of it from the vendor's documentation.
 * What is absent is as OpenAI has it.
 */
export interface OpenAIDialect {
  /** `false`: it does not know `stream_options`, and says unasked how many tokens a stream took. */
  readonly streamOptions?: false;
  /** Fields that it has under another name. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Fields that it refuses or ignores, each with the value, if any, that asks for nothing. None of them is ever sent. */
  readonly unsupported?: Readonly<Record<string, unknown>>;
  /** The types of `response_format` that it knows, when not all of them. */
  readonly formats?: readonly string[];
  /** `false`: it refuses names of speakers. */
  readonly names?: false;
  /** `false`: it does not know the role `developer`, OpenAI's newer name for `system`. */
  readonly developer?: false;
  /**
   * What it takes back, when a conversation goes on, of what answers hold besides OpenAI's own fields (`reasoning`, and
   * a call's `extra_content`): nothing, for it refuses the unknown; or the reasoning alone, under this name, with every
   * answer, be it empty. Absent: all of it, as it came.
   */
  readonly takesBack?: 'nothing' | 'reasoning_content';
  /** `true`: the ids of calls must be nine letters and digits. */
  readonly shortIds?: true;
}
