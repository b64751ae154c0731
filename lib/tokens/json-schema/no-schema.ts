/**
 * The part of a codec that has no JSON schema, as the error that tells where it stands.
 *
 * @param path e.g. `.people[].born`; of the codec itself `''`
 */
export function noSchema(path: string, name: string, why: string): TypeError {
  const place = path === '' ? '' : `${path.replace(/^\./, '')}: `;
  return new TypeError(`jsonSchemaOf: ${place}${name} has no JSON schema: ${why}`);
}
