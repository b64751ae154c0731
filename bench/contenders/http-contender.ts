/** A client of the loopback server at `url`: asks every prompt, `concurrency` at a time; resolves to how many answers it got. */
export type HttpContender = (url: string) => (prompts: readonly string[], concurrency: number) => Promise<number>;
