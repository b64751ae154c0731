import { readdirSync, readlinkSync } from 'node:fs';

/** Which files of a folder this process has open. */
export function openFiles(folder: string): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(folder) ? [path] : [];
    } catch {
      return []; // the one that read the folder
    }
  });
}
