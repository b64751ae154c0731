import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

/** Where the table of the README stands; what is between is replaced. */
const marked = /(<!-- bench:start -->\n)[^]*?(<!-- bench:end -->)/;

const root = new URL('../../', import.meta.url);

/** Writes the report, and the short tables into the README if it has a place for them. Tells which files it wrote. */
export async function writeReport(full: string, short: string): Promise<readonly string[]> {
  const report = 'docs/performance.md';
  mkdirSync(new URL('docs/', root), { recursive: true });
  await writeFormatted(new URL(report, root), full);
  const readme = new URL('README.md', root);
  const text = existsSync(readme) ? readFileSync(readme, 'utf8') : '';
  if (!marked.test(text)) return [report];
  await writeFormatted(
    readme,
    text.replace(marked, (_, start: string, end: string) => `${start}\n${short}\n\n${end}`),
  );
  return [report, 'README.md'];
}

/** As the format check wants it. */
async function writeFormatted(file: URL, markdown: string): Promise<void> {
  const style = await resolveConfig(fileURLToPath(file));
  writeFileSync(file, await format(markdown, { ...style, parser: 'markdown' }));
}
