import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tokenFamilies } from '../../lib/tokens/count/token-families';
import { unknownFamily } from '../../lib/tokens/count/unknown-family';

const page = readFileSync(join(__dirname, '../../docs/tokens.md'), 'utf8');
const cells = (row: string): readonly string[] =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

describe('the page on tokens', () => {
  it('says of each family how far a count may be off', () => {
    const table = /<!-- families:begin -->\s+(.*?)<!-- families:end -->/s.exec(page)?.[1] ?? '';
    const rows = table.trim().split('\n').slice(2).map(cells);
    expect(rows).toEqual([...tokenFamilies, unknownFamily].map(({ name, error }) => [name, error]));
  });
});
