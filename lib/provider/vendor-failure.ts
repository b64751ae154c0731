import * as t from 'io-ts';

/** What a body says about a failure, wherever this vendor puts it. */
export interface VendorFailure {
  /**
   * Everything that names the kind of failure, most telling first: `code`, `type`, Google's `status`, Azure's inner
   * code.
   */
  readonly codes: readonly string[];
  readonly param?: string;
  readonly message?: string;
  /** An HTTP status in the body: what a proxy was told, in a reply that is itself a 200. */
  readonly status?: number;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads OpenAI's `{ error: { message, type, param, code } }` and what compatible servers answer instead: the same
 * without the envelope (vLLM, Mistral, Cerebras), `error` as a string (xAI, Ollama, TGI), FastAPI's `detail`, an array
 * around it all (Gemini), plain text. `undefined` when the body says nothing of a failure. Never throws.
 */
export function vendorFailure(body: unknown): VendorFailure | undefined {
  if (typeof body === 'string') return body === '' ? undefined : { codes: [], message: body };
  const outer = fields(Array.isArray(body) ? (body as readonly unknown[])[0] : body);
  if (outer === undefined) return undefined;
  const inner = fields(outer['error']) ?? outer;
  const deepest = fields(inner['innererror']) ?? fields(inner['error']);
  const named = [inner['code'], inner['type'], inner['status'], outer['code'], deepest?.['code'], inner['error_type']]
    .map((code) => (typeof code === 'number' && code !== 0 ? String(code) : code))
    .filter((code) => typeof code === 'string' && code !== '' && code !== 'error') as readonly string[];
  const status = named.find((code) => /^[45]\d\d$/.test(code));
  const codes = named.filter((code) => code !== status);
  const message = sentence(inner['message']) ?? sentence(outer['error']) ?? sentence(outer['detail']);
  if (message === undefined && named.length === 0) return undefined;
  return {
    codes: flagged(inner) ? ['content_policy_violation', ...codes] : codes,
    ...(typeof inner['param'] === 'string' ? { param: inner['param'] } : {}),
    ...(message === undefined ? {} : { message }),
    ...(status === undefined ? {} : { status: Number(status) }),
  };
}

/** OpenRouter says in `metadata`, and only there, that its moderation refused the input. */
function flagged(error: Fields): boolean {
  const metadata = fields(error['metadata']);
  return metadata !== undefined && 'flagged_input' in metadata;
}

/** A message, or the first three of FastAPI's `{ loc, msg }`. */
function sentence(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (depth > 3) return undefined;
  if (Array.isArray(value)) {
    const parts = value.slice(0, 3).flatMap((item) => sentence(item, depth + 1) ?? []);
    return parts.length === 0 ? undefined : parts.join('; ');
  }
  const said = fields(value);
  if (typeof said?.['msg'] === 'string') {
    const place: readonly unknown[] = Array.isArray(said['loc']) ? said['loc'] : [];
    return [place.filter((step) => step !== 'body').join('.'), said['msg']].filter((part) => part !== '').join(': ');
  }
  return said === undefined ? undefined : sentence(said['message'] ?? said['detail'] ?? said['error'], depth + 1);
}

function fields(value: unknown): Fields | undefined {
  return t.UnknownRecord.is(value) ? value : undefined;
}
