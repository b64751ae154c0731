import type { BegunCall } from './openai-tool-calls';

/** What has to be known of one choice to read on. */
export interface BegunChoice {
  readonly index: number;
  /** Its `finish_reason` has come. */
  readonly isFinished: boolean;
  /** Text, reasoning, a refusal or a tool call has come. */
  readonly hasSpoken: boolean;
  readonly calls: readonly BegunCall[];
}

/** What has to be known of a stream to read on. The same value as before when an event, as most do, only adds text. */
export interface OpenAIStreamState {
  /** `[DONE]` has come. */
  readonly isOver: boolean;
  readonly choices: readonly BegunChoice[];
}

export const beforeTheStream: OpenAIStreamState = { isOver: false, choices: [] };
