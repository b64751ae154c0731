/** The form of an answer when a request says no more than JSON. */
export const feedbackSchema: Readonly<Record<string, unknown>> = {
  type: 'object',
  properties: { summary: { type: 'string' }, category: { type: 'string' }, sentiment: { type: 'string' } },
};
