import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** The files of a folder by their URL's path, read once; `/` is `index.html`. */
export function staticFiles(folder) {
  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => {
        const path = join(parentPath, name);
        const type = types[extname(name)] ?? 'application/octet-stream';
        return [
          `/${relative(folder, path).split(sep).join('/')}`,
          { type: `${type}; charset=utf-8`, body: readFileSync(path) },
        ];
      }),
  );
  files.set('/', files.get('/index.html'));
  return files;
}
