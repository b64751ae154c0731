import { type OptionsWithColumns, parse, type Parser } from 'csv-parse';

/** A record of a CSV file, or what is wrong with it, and where it begins (from 1). */
export type CsvRow =
  | { readonly line: number; readonly record: Readonly<Record<string, string>> }
  | { readonly line: number; readonly problem: string };

interface Found {
  readonly record: Readonly<Record<string, string>>;
  readonly raw: string;
}

/** A quote that is never closed makes one record of all that follows. */
const longestRecord = 64 * 1024 * 1024;

const strayQuote = 'a quote in the middle of a field: put the field in quotes, and write two for one in it';
const problems: Readonly<Record<string, string>> = {
  CSV_RECORD_INCONSISTENT_COLUMNS: 'not as many fields as the first line: put a field with commas in it in quotes',
  INVALID_OPENING_QUOTE: strayQuote,
  CSV_INVALID_CLOSING_QUOTE: strayQuote,
  CSV_QUOTE_NOT_CLOSED: 'a quote that is never closed',
};

/**
 * Makes rows of the bytes of a CSV file whose first record names the fields, in their order. Errors when no record can be found any more.
 *
 * @param path for its errors
 */
export function csvRows(path: string): Parser {
  let hasHeader = false;
  let lastBad = 0;
  let countedTwice = 0; // the parser's own count of lines takes a CRLF in quotes for two

  function beginning(raw: string, lines: number): number {
    const text = raw.replace(/^[\r\n]+|[\r\n]+$/g, '');
    countedTwice += text.split('\r\n').length - 1;
    return lines - countedTwice - (text.split(/\r\n|\r|\n/).length - 1);
  }

  const options: OptionsWithColumns<CsvRow, string[]> = {
    bom: true,
    columns: (names: string[]) => {
      hasHeader = true;
      countedTwice += names.join('').split('\r\n').length - 1;
      return names.map((name) => name.trim());
    },
    max_record_size: longestRecord,
    on_record: (found, { lines }): CsvRow => {
      const { record, raw } = found as unknown as Found; // what `raw` makes of it
      return { line: beginning(raw, lines), record };
    },
    on_skip: (error, raw = '') => {
      const line = beginning(raw, parser.info.lines);
      if (!hasHeader) throw new Error(`${path}: the names of the fields, in line ${String(line)}, are not CSV`);
      if (error?.code === 'CSV_MAX_RECORD_SIZE') {
        throw new Error(`${path}: the record of line ${String(line)} has no end: close its quote`);
      }
      if (line !== lastBad) parser.push({ line, problem: problems[error?.code ?? ''] ?? 'not CSV' } satisfies CsvRow);
      lastBad = line; // of one record it may be called several times
    },
    raw: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
  };
  const parser = parse(options);
  return parser;
}
