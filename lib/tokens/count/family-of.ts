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
  const endings = name.split('.').map((_, from, parts) => parts.slice(from).join('.')); // Bedrock: us.meta.llama3-3-70b-instruct-v1:0
  const families = [...endings.map(named), ...path.reverse().map(servedBy)];
  return { family: families.find((family) => family !== undefined) ?? unknownFamily, name };
}

function named(name: string): TokenFamily | undefined {
  return tokenFamilies.find(({ models }) => models.some((beginning) => name.startsWith(beginning)));
}

function servedBy(provider: string): TokenFamily | undefined {
  return tokenFamilies.find(({ providers }) => providers.includes(provider));
}
