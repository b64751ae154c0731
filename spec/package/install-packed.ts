import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

export interface Installed {
  /** A user's folder: `node_modules/rx-fanout` is the unpacked tarball, beside it lies `spec/package/consumer`. */
  readonly folder: string;
  /** What the tarball holds, by path. */
  readonly files: readonly string[];
  /** Runs a command there and gives what it printed; a failure says all of it. */
  readonly run: (command: string, ...args: readonly string[]) => Promise<string>;
}

const run = promisify(execFile);

/** A user's other packages. Linked, not installed: the specs need no registry, and the versions are those we develop with. */
const beside = ['rxjs', 'fp-ts', 'io-ts', 'axios', 'undici', 'cli-progress', 'commander', 'csv-parse', 'uplot', 'yaml'];

/** Packs the package and installs the tarball in a new folder. The caller removes the folder. */
export async function installPacked(): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), 'rx-fanout-packed-'));
  const home = join(folder, 'node_modules', 'rx-fanout');
  await mkdir(home, { recursive: true });

  const { stdout } = await run('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', folder]);
  const [tarball] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  if (tarball === undefined) throw new Error(`npm pack made nothing: ${stdout}`);
  await run('tar', ['-xzf', join(folder, tarball.filename), '-C', home, '--strip-components=1']);

  for (const name of beside) await symlink(resolve('node_modules', name), join(folder, 'node_modules', name));
  await cp(join('spec', 'package', 'consumer'), folder, { recursive: true });

  return {
    folder,
    files: tarball.files.map(({ path }) => path),
    run: async (command, ...args) => {
      try {
        return (await run(command, args, { cwd: folder })).stdout;
      } catch (error) {
        const { stdout: printed = '', stderr = '' } = error as { stdout?: string; stderr?: string };
        throw new Error(`${command} ${args.join(' ')} failed\n${printed}${stderr}`, { cause: error });
      }
    },
  };
}
