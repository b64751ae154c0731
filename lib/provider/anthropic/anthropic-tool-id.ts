/** The id of a tool's call as Anthropic takes it: other vendors' ids, in a conversation that began there, may hold more than these characters. */
export function anthropicToolId(id: string): string {
  return id.replace(/[^\w-]/g, '_');
}
