import { hubAddress } from '../hub/hub-address';
import { TokenizerProblem } from './tokenizer-problem';

/** One place where a tokenizer may lie. */
export type TokenizerPlace =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'hub'; readonly address: string; readonly repository: string };

const huggingFace = 'https://huggingface.co';

/**
 * The places that an id may mean, in the order in which to look; see `CreateTokenizerOptions.source`. Throws a `TokenizerProblem` for an
 * id that names nothing there.
 */
export function tokenizerPlaces(id: string, source: string | undefined): readonly TokenizerPlace[] {
  const folder = { kind: 'folder', path: id } as const;
  const named = { kind: 'package', name: id } as const;
  const hub = { kind: 'hub', address: hubAddress(source) ?? huggingFace, repository: id } as const;
  switch (source) {
    case 'folder':
      return [folder];
    case 'package':
      if (!packageName.test(id)) throw new TokenizerProblem('that is not the name of a package', nameOne);
      return [named];
    case undefined:
      if (path.test(id)) return [folder];
      if (packageName.test(id)) return isRepository(id) ? [named, hub] : [named];
      break;
    default:
  }
  if (isRepository(id)) return [hub];
  throw new TokenizerProblem('that is not the name of a repository', nameOne);
}

const nameOne = "give owner/name, as Qwen/Qwen3-8B, a package's name, or a folder that begins with ./ or /";

const path = /^(?:\.{0,2}[\\/]|\.{1,2}$|[A-Za-z]:[\\/])/;

/** npm's rule for names, of at most 214; a scoped one has a slash, so one with a slash and no @ is the hub's. */
const packageName = /^(?=.{1,214}$)(?:@[a-z\d~-][a-z\d._~-]*\/)?[a-z\d~-][a-z\d._~-]*$/;

/** The hub's rule: letters, digits, `-`, `_` and `.`, at most 96. */
function isRepository(id: string): boolean {
  return /^(?:[\w.-]{1,96}\/)?[\w.-]{1,96}$/.test(id) && !id.split('/').some((part) => /^\.+$/.test(part));
}
