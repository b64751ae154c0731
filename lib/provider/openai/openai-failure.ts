import type { Reply } from '../../transport/transport';
import { vendorFailure, type VendorFailure } from '../vendor-failure';

/** What the body of a refusal, or an `error` event, says. Some servers refuse in plain text; a page of HTML says nothing that a table could know. */
export function openAIFailure(body: Reply['body']): VendorFailure | undefined {
  if (body._tag === 'Right') return vendorFailure(body.right);
  const { text } = body.left;
  return text.trimStart().startsWith('<') ? undefined : vendorFailure(text.trim());
}
