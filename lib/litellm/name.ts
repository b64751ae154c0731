import * as t from 'io-ts';

/** Of a group, a model, a tag. */
export const Name: t.Type<string> = t.refinement(t.string, (text) => text.trim() !== '', 'a name');
