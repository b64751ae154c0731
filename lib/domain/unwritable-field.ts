/**
 * The first field of an object that cannot be read, or not be written as JSON: a cycle, a bigint, a getter or a `toJSON` that throws.
 * Its texts are not looked at, for of a request they are nearly all. `undefined`: there is none.
 *
 * @param apart fields that are only read
 */
export function unwritableField(whole: object, apart: readonly string[] = []): string | undefined {
  const fields = whole as Readonly<Record<string, unknown>>;
  return Object.keys(whole).find((field) => {
    try {
      const value = fields[field];
      if (!apart.includes(field)) JSON.stringify(value, withoutText);
      return false;
    } catch {
      return true;
    }
  });
}

function withoutText(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? '' : value;
}
