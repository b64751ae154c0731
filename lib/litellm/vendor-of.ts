import { left, right, type Either } from 'fp-ts/Either';
import { vendors } from './vendors';

/** Whom LiteLLM asks for a model, and by which name. */
export interface Named {
  readonly vendor: string;
  readonly model: string;
}

/**
 * Takes LiteLLM's name of a model apart, or says why it cannot be served. Names without a vendor are understood as in
 * `get_llm_provider` of litellm 1.109, by their form: its list of all models is not here.
 */
export function vendorOf(name: string, vendorGiven: string | undefined): Either<string, Named> {
  const slash = name.indexOf('/');
  const before = slash === -1 ? undefined : name.slice(0, slash);
  if (vendorGiven !== undefined && vendorGiven !== before) return served({ vendor: vendorGiven, model: name });
  if (before !== undefined) return served({ vendor: before, model: name.slice(slash + 1) });
  if (name === '*') return left('its vendor is only known when a request comes: write one wildcard for each, openai/*');
  if (name.startsWith('gemini-'))
    return left('without a vendor, LiteLLM asks Vertex AI, which is not served: write gemini/');
  if (/^(gpt-|chatgpt-|o\d|ft:|codex-|computer-use)/.test(name)) return served({ vendor: 'openai', model: name });
  if (name.startsWith('claude-')) return served({ vendor: 'anthropic', model: name });
  return left('its vendor is not known by this name: write it as provider/model');
}

/** Models of these names do not chat. */
const others =
  /^(text-embedding|dall-e|whisper|tts-|gpt-image|gpt-realtime|omni-moderation|sora|babbage|davinci)|^gpt-.*-(instruct|transcribe|tts|realtime)\b/;

function served({ vendor, model }: Named): Either<string, Named> {
  if (vendor !== 'azure' && !Object.hasOwn(vendors, vendor)) {
    return left(
      `there is no provider '${vendor}' here; if it speaks as OpenAI does: openai/…, with api_base and api_key`,
    );
  }
  if (model.trim() === '') return left('the name of the model is missing');
  if ((vendor === 'openai' || vendor === 'azure') && others.test(model))
    return left('only chat completions are served');
  if ((vendor === 'openai' || vendor === 'azure') && model.startsWith('responses/')) {
    return left('the Responses API is not spoken: only chat completions are');
  }
  return right({ vendor, model });
}
