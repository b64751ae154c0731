/** What is to be counted of a request: texts, and the tokens that are known without an encoding. */
export interface Prompt {
  readonly texts: readonly string[];
  readonly tokens: number;
}
