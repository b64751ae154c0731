/** Words that say little, of the languages in our sample data. */
const stopWords = new Set(
  `a about after again all also an and any are as at be because been before being but by can could did do does done down each even
  every few for from get gets got had has have having he her here him his how i if in into is it its it's i'm i've just like made
  make me more most much my no not now of off on once one only or other our out over own please same she should so some still
  such than that that's the their them then there these they this those to too two under until up us very was we were what when
  where which while who why will with would yet you your ask compare describe explain give list name please tell write
  aber als am auch auf aus bei bin da das dass dem den der des die dies doch ein eine einen einer er es für hat habe ich im in ist
  ja kann kein keine man mein meine mir mit nach nicht noch nur ob oder schon sehr seit sich sie sind so um und uns vom von vor war
  wenn wie wir wird zu zum zur
  alors au aux avec bien ce cela ces cette dans de des donc du elle en est et il ils je la le les leur mais mes mon ne nous on ou
  par pas plus pour que qui sa sans se ses si son sur tout très un une vous
  al algo con como cuando del desde donde el ella era es esta este esto fue ha hasta hay la las lo los más me mi muy no nos o para
  pero por porque que se ser si sin sobre su sus todo un una y ya yo`
    .split(/\s+/)
    .filter(Boolean),
);

/** The `count` words that say most (long ones, repeated ones, names), in the order in which the text has them. */
export function salientWords(text: string, count: number): readonly string[] {
  const found = new Map<string, { readonly word: string; readonly at: number; times: number }>();
  for (const [at, [word]] of Array.from(text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)).entries()) {
    const key = word.toLowerCase();
    if (key.length < 3 || key.length > 24 || stopWords.has(key)) continue;
    const known = found.get(key);
    if (known === undefined) found.set(key, { word, at, times: 1 });
    else known.times += 1;
  }
  const weigh = ({ word, times }: { readonly word: string; readonly times: number }) =>
    Math.min(word.length, 9) + 3 * times + (/^\p{Lu}/u.test(word) ? 1 : 0);
  return Array.from(found.values())
    .sort((a, b) => weigh(b) - weigh(a) || a.at - b.at)
    .slice(0, count)
    .sort((a, b) => a.at - b.at)
    .map(({ word }) => word);
}
