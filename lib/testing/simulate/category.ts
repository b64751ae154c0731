const categories: readonly (readonly [name: string, words: RegExp])[] = [
  [
    'billing',
    /\b(invoices?|billed|billing|charge[ds]?|payments?|paid|refund\w*|subscription|voucher|discount|vat|receipt|card|Rechnung|facture|factura|prélevée?|cobr\w+)\b/gi,
  ],
  [
    'delivery',
    /\b(deliver\w*|shipp?\w*|courier|parcel|package|arrive[ds]?|tracking|late|Lieferung|Paket|livr\w+|colis|pedido|entrega)\b|配送/gi,
  ],
  [
    'account',
    /\b(log ?ins?|logged|password\w*|accounts?|sign(ed)? (in|up)|e-?mail address|verification|two-factor|2fa|locked|users?|permissions?|sso|Konto|compte|cuenta)\b/gi,
  ],
  [
    'technical',
    /\b(errors?|firmware|sensor\w*|scanner\w*|driver|servers?|headers?|rate limits?|webinar|calls|csv|pdf|website|domain|link|search|crash\w*|bugs?|fail\w*|exports?|api|app|sync\w*|upload\w*|update\w*|version|browser|screen|button|loads?|loading|webhooks?)\b/gi,
  ],
  [
    'quality',
    /\b(quality|broke\w*|break\w*|crack\w*|leak\w*|fabric|stitch\w*|material|sturdy|flimsy|scratch\w*|battery|zip(per)?|handle|wash\w*|fits?|size|wobbl\w*|colou?r|smell\w*|taste\w*|warm|noise|heavy|light|paper|seeds?|comfort\w*|comfy|dry|works?|knife|knives|shoes|worn|defekt\w*|cassée?|rot[oa])\b/gi,
  ],
  [
    'question',
    /\b(how (do|many|can)|where (can|is)|which of|is there|is it|does the|could you|can i|may i|can you)\b/gi,
  ],
  [
    'service',
    /\b(staff|support|service|agent|reply|replied|rude|friendly|helpful|chat|hotline|phone|called|calling|guide|waiter)\b/gi,
  ],
];

/** What a piece of feedback is about: the kind whose words it uses most, the first of equals; `other` when it uses none. */
export function categoryOf(text: string): string {
  const counted = categories.map(([name, words]) => ({ name, count: text.match(words)?.length ?? 0 }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best), { name: 'other', count: 0 }).name;
}
