/**
 * A client of the loopback server at `url`: reads the streams that answer the prompts, `concurrency` at a time, token by token;
 * resolves to how many tokens came.
 */
export type StreamContender = (url: string) => (prompts: readonly string[], concurrency: number) => Promise<number>;
