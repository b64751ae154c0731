/** The working folder of the process; the root when it has been removed, which Node would throw for. */
export function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return '/';
  }
}
