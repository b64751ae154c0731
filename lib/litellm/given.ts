/** An object without the fields that are `undefined`. */
export function given<A extends object>(fields: A): A {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as A;
}
