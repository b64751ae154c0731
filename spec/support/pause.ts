/**
 * Lets so many turns of the event loop go by, of a millisecond or more each. However long the machine stands still, what came in the
 * meantime is read: a single timer would go off before that.
 */
export async function pause(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
}
