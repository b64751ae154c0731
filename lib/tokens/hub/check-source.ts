/** What would help when an answer is not the hub's. */
export const checkSource = 'check the source, and whether a proxy or a login page answers in its place';
