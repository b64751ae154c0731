import { isNewClaude } from './is-new-claude';
import { newClaude } from './new-claude';
import { oldClaude } from './old-claude';
import { tokenFamilies } from './token-families';
import type { TokenFamily } from './token-family';
import { unknownFamily } from './unknown-family';

/** A model's family, and its name as the vendor has it. */
interface KnownModel {
  readonly family: TokenFamily;
  /** In lower case, without provider, path and `ft:`. */
  readonly name: string;
}

/**
 * Finds the family of `provider/model`, of a longer path (`openRouter/anthropic/claude-sonnet-5`, `bedrock/us.anthropic.claude-opus-4-1-v1:0`)
 * or of a bare name: by the name, then by what stands before it, the nearest first.
 */
export function familyOf(model: string): KnownModel {
  const path = model.toLowerCase().split('/');
  const last = path.pop() ?? '';
  const name = last.startsWith('ft:') ? last.slice('ft:'.length) : last; // fine-tuned: ft:gpt-4o-mini:organisation::id
  const claude = name.indexOf('claude');
  if (claude >= 0) return { family: isNewClaude(name) ? newClaude : oldClaude, name: name.slice(claude) };
  const dotted = name.slice(name.indexOf('.') + 1); // Bedrock: meta.llama3-70b-instruct-v1:0
  return { family: named(name) ?? named(dotted) ?? servedBy(path) ?? unknownFamily, name };
}

function named(name: string): TokenFamily | undefined {
  return tokenFamilies.find(({ models }) => models.some((beginning) => name.startsWith(beginning)));
}

function servedBy(path: readonly string[]): TokenFamily | undefined {
  return [...path]
    .reverse()
    .map((provider) => tokenFamilies.find(({ providers }) => providers.includes(provider)))
    .find((family) => family !== undefined);
}
