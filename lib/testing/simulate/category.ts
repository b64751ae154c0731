const categories: readonly (readonly [name: string, words: RegExp])[] = [
  [
    'billing',
    /\b(invoices?|billed|billing|charge[ds]?|payments?|paid|refund\w*|subscription|price\w*|vat|receipt|card|Rechnung|facture|factura|prélevée?|cobr\w+)\b/giu,
  ],
  [
    'delivery',
    /\b(deliver\w*|shipp?\w*|courier|parcel|package|arrive[ds]?|tracking|late|Lieferung|Paket|livr\w+|colis|pedido|entrega)\b|配送/giu,
  ],
  [
    'account',
    /\b(log ?ins?|logged|password\w*|accounts?|sign(ed)? (in|up)|e-?mail address|verification|two-factor|2fa|locked|users?|permissions?|sso|Konto|compte|cuenta)\b/giu,
  ],
  [
    'bug',
    /\b(errors?|crash\w*|bugs?|fail\w*|exports?|api|app|sync\w*|upload\w*|update\w*|version|browser|screen|button|loads?|loading|webhooks?)\b/giu,
  ],
  [
    'quality',
    /\b(quality|broke\w*|break\w*|crack\w*|leak\w*|fabric|stitch\w*|material|sturdy|flimsy|scratch\w*|battery|zip(per)?|handle|worn|defekt\w*|cassée?|rot[oa])\b/giu,
  ],
  ['service', /\b(staff|support|service|agent|reply|replied|rude|friendly|helpful|chat|hotline|phone|called)\b/giu],
];

/** What a piece of feedback is about: the kind whose words it uses most, the first of equals; `other` when it uses none. */
export function categoryOf(text: string): string {
  const counted = categories.map(([name, words]) => ({ name, count: text.match(words)?.length ?? 0 }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best), { name: 'other', count: 0 }).name;
}
