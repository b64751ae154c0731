import { Readable } from 'node:stream';
import fc from 'fast-check';
import { type CsvRow, csvRows } from '../../../lib/cli/input/csv-rows';

/** The rows of a text that comes in pieces of so many bytes. */
async function rowsOf(text: string, bytes = 64 * 1024): Promise<readonly CsvRow[]> {
  const whole = Buffer.from(text);
  const pieces = Array.from({ length: Math.ceil(whole.length / bytes) }, (_, i) =>
    whole.subarray(i * bytes, (i + 1) * bytes),
  );
  return (await Readable.from(pieces).pipe(csvRows('in.csv')).toArray()) as readonly CsvRow[];
}

const brief = (row: CsvRow): string =>
  `${String(row.line)} ${'record' in row ? Object.values(row.record).join('|') : row.problem}`;
const brieflyOf = async (text: string): Promise<readonly string[]> => (await rowsOf(text)).map(brief);

const length = 'not as many fields as the first line: put a field with commas in it in quotes';
const stray = 'a quote in the middle of a field: put the field in quotes, and write two for one in it';

describe('csvRows', () => {
  it('names fields by the first record, without the white space around a name', async () => {
    expect(await rowsOf('\uFEFFid, text\n1,a')).toEqual([{ line: 2, record: { id: '1', text: 'a' } }]);
    expect(await rowsOf('__proto__,b\n1,2')).toEqual([
      { line: 2, record: Object.defineProperty({ b: '2' }, '__proto__', { value: '1', enumerable: true }) },
    ]);
    expect(({} as Record<string, unknown>)['b']).toBeUndefined();
  });

  it.each([
    ['line feeds', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('says in which line a record begins, with %s', async (_, end) => {
    const lines = ['', 'a,b', '', '"x', '', 'y",2', '', '', '3,4', '5,6,7', '"8', '",9', '10,11'];
    expect((await rowsOf(lines.join(end))).map(({ line }) => line)).toEqual([4, 9, 10, 11, 13]);
  });

  it.each([
    ['too many fields', '1,a, b\n3,c', [`2 ${length}`, '3 3|c']],
    ['too few fields', '1\n3,c', [`2 ${length}`, '3 3|c']],
    ['stray quotes', '1,say "hi" or "ho"\n3,c', [`2 ${stray}`, '3 3|c']],
    ['text behind a quote', '1,"a"b\nc"\n4,d', [`2 ${stray}`, '4 4|d']],
    ['a quote that is not closed', '1,"a\n3,c\n4,d', ['2 a quote that is never closed']],
  ])('goes on behind a record with %s', async (_, records, rows) => {
    expect(await brieflyOf(`id,text\n${records}\n`)).toEqual(rows);
  });

  it('takes no other record for the names when those cannot be read', async () => {
    await expect(rowsOf('id,"te"xt\n1,a\n2,b')).rejects.toThrow(
      'in.csv: the names of the fields, in line 1, are not CSV',
    );
  });

  it('reads what was written, wherever it is cut', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', 'é', '日', '👍', '"', ',', '\n', '\r\n', ' '), maxLength: 8 });
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(field, field, fc.constantFrom('', '\n', '\n\n')), { maxLength: 10 }),
        fc.integer({ min: 1, max: 40 }),
        async (records, bytes) => {
          const written = records.map(([a, b, blank]) => `${blank}${quoted(a)},${quoted(b)}\n`);
          const lines = (text: string): number => text.split('\n').length - 1;
          const expected = records.map(([a, b, blank], i) => ({
            line: 2 + lines(written.slice(0, i).join('')) + lines(blank),
            record: { a, b },
          }));
          expect(await rowsOf(`a,b\n${written.join('')}`, bytes)).toEqual(expected);
        },
      ),
      { numRuns: 200 },
    );
  });
});
