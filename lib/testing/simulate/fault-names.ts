/** The faults that are no status, in the order in which chance goes through them. */
export const faultNames = [
  'reset',
  'stall',
  'slowBody',
  'malformed',
  'html',
  'cut',
  'stallMidStream',
  'errorEvent',
  'noEnd',
  'splitUtf8',
] as const;
