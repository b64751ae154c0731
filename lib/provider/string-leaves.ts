/**
 * The strings of a JSON body, at whatever depth, the name of its model apart; the body itself when it is not JSON.
 * Not recursive: a body may be nested deeper than the stack.
 */
export function stringLeaves(body: string): readonly string[] {
  const leaves: string[] = [];
  const open = [withoutModel(parsed(body))];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') leaves.push(value);
    else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) open.push(part);
  }
  return leaves;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}

function withoutModel(body: unknown): unknown {
  return typeof body === 'object' && body !== null ? { ...body, model: undefined } : body;
}
