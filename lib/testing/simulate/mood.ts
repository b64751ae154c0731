export type Mood = 'positive' | 'negative' | 'neutral' | 'mixed';

const good =
  /\b(love[ds]?|loving|great|excellent|perfect\w*|happy|glad|thank\w*|kudos|brilliant|wonderful|amazing|fantastic|best|delight\w*|pleased|recommend\w*|beautiful\w*|comfortable|quick\w*|easy|good|fine|clear|warm|works? exactly|survived|better|proud|softly|truly|solid|gorgeous|honest\w*|comfy|elegant|angel|unforgettable|stars|lovely|kind|smooth\w*|cried a bit|friendly|helpful|impress\w*|worth|sturdy|superb|charming|flawless\w*|lovely|reliable|toll|super|begeistert|zufrieden|perfekt|parfaite?|ravie?|excellente?|génial\w*|merci|encant\w*|excelente|perfecto|gracias|ottim\w*|bellissim\w*|mooi\w*)\b|❤|😍|👍|🎉|😊|最高|満足/gi;
const bad =
  /\b(broke\w*|break\w*|bad|worst|worse|terrible|awful|disappoint\w*|refund\w*|late|delay\w*|slow\w*|crash\w*|fail\w*|error\w*|wrong\w*|missing|cannot|can't|won't|doesn't|didn't|useless|damag\w*|leak\w*|scratch\w*|stopped|stuck|lost|annoy\w*|angry|unacceptable|rude|charged twice|twice|cheap|flimsy|noisy|smell\w*|cancel\w*|unable|locked|nothing|nobody|freez\w*|disappear\w*|downgraded|out of|refuses|declines?|drops?|cut off|overflow|empty|stops?|not acceptable|still|humiliating|split|burned|wobbl\w*|stall\w*|dreadful|problem\w*|issue\w*|waste\w*|kaputt|defekt\w*|leider|enttäusch\w*|cassée?|déçue?|retard|panne|hélas|roto|rota|nunca|decepcion\w*|tarde|rotto|kapot|helaas)\b|😡|😠|👎|😞|壊れ|残念/gi;

/** Whether a text sounds content, by counting words: enough for a demonstration. */
export function moodOf(text: string): Mood {
  const [praise, blame] = [text.match(good)?.length ?? 0, text.match(bad)?.length ?? 0];
  if (praise === 0 && blame === 0) return 'neutral';
  if (praise > 0 && blame > 0 && Math.abs(praise - blame) <= 1) return 'mixed';
  return praise > blame ? 'positive' : 'negative';
}
