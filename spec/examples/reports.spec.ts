import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Report {
  readonly id: string;
  readonly text: string;
}

describe('examples/documents/reports.jsonl', () => {
  const lines = readFileSync(join(__dirname, '../../examples/documents/reports.jsonl'), 'utf8').trimEnd().split('\n');
  const rows = lines.map((line) => JSON.parse(line) as Report);

  it('holds twenty documents, numbered', () => {
    const numbers = Array.from({ length: 20 }, (_, i) => String(i + 1).padStart(2, '0'));
    expect(rows.map(({ id }) => id)).toEqual(numbers);
  });

  it('holds no text twice, and none long', () => {
    expect(new Set(rows.map(({ text }) => text)).size).toBe(20);
    for (const { text } of rows) expect(text.split(' ').length).toBeLessThanOrEqual(30);
  });
});
