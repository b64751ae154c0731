/** The program was asked for what it cannot do: one line that says what, and the remedy. Nothing was sent. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
