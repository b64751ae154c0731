/**
 * The shapes of vendors' keys (`sk-…`, `gsk_…`, `AIza…`, a JWT), whole or shortened, and of masked ones (`na***ys`).
 */
const shapes = [
  /\b(?:sk|pk|rk|gsk|csk|xai|pplx|nvapi|hf|fw|tgp)[-_][\w\-.*…]{4,}/gi,
  /\b(?:AIza|AKIA|eyJ)[\w\-.]{8,}/g,
  /(?<=\b(?:bearer|basic) )[\w\-.~+/=*]{4,}/gi,
  /[\w-]*\*{2,}[\w\-*]*/g,
];

/** The text with `…` for whatever looks like a key, and URLs without their user names and queries. */
export function hideKeys(text: string): string {
  const keyless = shapes.reduce((said, shape) => said.replace(shape, '…'), text);
  return keyless.replace(/\bhttps?:\/\/\S+/gi, (url) => url.replace(/\/\/[^/]*@/, '//').replace(/[?#].*/, ''));
}
