import type { Message } from '../../domain/request';

/** The conversation with ids of nine letters and digits in place of all others: numbered as they come, so that a longer conversation has them again. */
export function withShortIds(messages: readonly Message[]): readonly Message[] {
  const given = new Map<string, string>();
  const short = (id: string): string => {
    if (/^[a-zA-Z0-9]{9}$/.test(id)) return id;
    const known = given.get(id) ?? String(given.size).padStart(9, '0');
    given.set(id, known);
    return known;
  };
  return messages.map(({ tool_calls: calls, tool_call_id: answered, ...rest }) => ({
    ...rest,
    ...(calls === undefined ? {} : { tool_calls: calls.map((call) => ({ ...call, id: short(call.id) })) }),
    ...(answered === undefined ? {} : { tool_call_id: short(answered) }),
  }));
}
