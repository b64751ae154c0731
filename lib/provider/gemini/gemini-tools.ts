import { UnknownRecord } from 'io-ts';
import type { CompletionRequest } from '../../domain/request';
import { geminiSchema } from './gemini-schema';

interface GeminiTools {
  readonly tools?: readonly unknown[];
  readonly toolConfig?: unknown;
  /** Fields of the request that Google has nothing like. They are left out. */
  readonly unsupported: readonly string[];
}

/** The tools of a request, and how they are to be chosen. */
export function geminiTools({ tools = [], tool_choice: choice = 'auto' }: CompletionRequest): GeminiTools {
  const strict = tools.some(({ function: declared }) => declared.strict === true);
  const calling = callingConfig(choice, strict);
  const unsupported = calling === undefined ? ['tool_choice'] : [];
  if (tools.length === 0) return { unsupported }; // without functions Google refuses a choice among them
  const functionDeclarations = tools.map(({ function: { name, description, parameters } }) => ({
    name,
    description,
    parametersJsonSchema: geminiSchema(parameters),
  }));
  return {
    tools: [{ functionDeclarations }],
    ...(calling === undefined ? {} : { toolConfig: { functionCallingConfig: calling } }),
    unsupported,
  };
}

interface Calling {
  readonly mode: 'AUTO' | 'VALIDATED' | 'ANY' | 'NONE';
  readonly allowedFunctionNames?: readonly string[];
}

/** `VALIDATED` leaves the choice to the model as `AUTO` does, but holds its calls to their schemas, as `ANY` does too. */
function callingConfig(choice: NonNullable<CompletionRequest['tool_choice']>, strict: boolean): Calling | undefined {
  if (choice === 'auto') return { mode: strict ? 'VALIDATED' : 'AUTO' };
  if (choice === 'none') return { mode: 'NONE' };
  if (choice === 'required') return { mode: 'ANY' };
  const only = nameIn(choice);
  if (only !== undefined) return { mode: 'ANY', allowedFunctionNames: [only] };
  const allowed = choice['type'] === 'allowed_tools' ? choice['allowed_tools'] : undefined;
  if (!UnknownRecord.is(allowed) || !Array.isArray(allowed['tools'])) return undefined;
  const names = (allowed['tools'] as readonly unknown[]).map(nameIn);
  if (!names.every((name) => name !== undefined)) return undefined;
  return { mode: allowed['mode'] === 'required' ? 'ANY' : 'VALIDATED', allowedFunctionNames: names };
}

function nameIn(tool: unknown): string | undefined {
  if (!UnknownRecord.is(tool) || tool['type'] !== 'function' || !UnknownRecord.is(tool['function'])) return undefined;
  const { name } = tool['function'];
  return typeof name === 'string' ? name : undefined;
}
