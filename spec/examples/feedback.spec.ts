import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Feedback {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
}

describe('examples/data/feedback.jsonl', () => {
  const lines = readFileSync(join(__dirname, '../../examples/data/feedback.jsonl'), 'utf8').trimEnd().split('\n');
  const rows = lines.map((line) => JSON.parse(line) as Feedback);

  it('holds a hundred reviews and a hundred tickets, numbered', () => {
    const numbers = Array.from({ length: 100 }, (_, i) => String(i + 1).padStart(3, '0'));
    const idsOf = (kind: string) => rows.filter((row) => row.kind === kind).map(({ id }) => id);
    expect(rows).toHaveLength(200);
    expect(idsOf('review')).toEqual(numbers.map((number) => `r-${number}`));
    expect(idsOf('ticket')).toEqual(numbers.map((number) => `t-${number}`));
  });

  it('holds no text twice, none empty and none long', () => {
    expect(new Set(rows.map(({ text }) => text)).size).toBe(200);
    for (const { text } of rows) {
      expect(text.length).toBeGreaterThan(30);
      expect(text.split(/\s+/).length).toBeLessThanOrEqual(60);
    }
  });

  it('holds characters that trip naive programs', () => {
    const all = rows.map(({ text }) => text).join('');
    for (const awkward of ['"', "'", '😍', '🙃', '«', 'ü', '→', '&', 'トマト']) expect(all).toContain(awkward);
  });
});
