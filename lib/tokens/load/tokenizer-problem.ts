/** Why a tokenizer could not be had, in our own words: no part of it is a token, a header, a query or the text of a reply. */
export class TokenizerProblem extends Error {
  /** What would help. */
  readonly remedy: string;

  constructor(problem: string, remedy: string) {
    super(problem);
    this.name = 'TokenizerProblem';
    this.remedy = remedy;
  }
}
