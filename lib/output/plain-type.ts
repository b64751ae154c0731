/** What a codec is made of, as far as io-ts tells. */
interface Parts {
  readonly _tag?: unknown;
  readonly type?: unknown;
}

/** Codecs that stand for the one inside them: they have its place in a path, and mostly its schema. */
const wrappers: readonly unknown[] = ['RefinementType', 'ReadonlyType', 'ExactType', 'RecursiveType'];

/** The codec behind refinements, `readonly`, `exact` and recursion. */
export function plainType(codec: object): object {
  let plain = codec;
  for (let depth = 0; depth < deepest; depth += 1) {
    const { _tag, type }: Parts = plain;
    if (!wrappers.includes(_tag) || typeof type !== 'object' || type === null) return plain;
    plain = type;
  }
  return plain;
}

/** A codec that is defined as itself has nothing behind it. */
const deepest = 100;
