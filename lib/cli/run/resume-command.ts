/** The command line that goes on with a run. */
export function resumeCommand(args: readonly string[]): string {
  const rest = args.filter((arg) => arg !== '--force' && arg !== '--resume');
  return ['rx-fanout', ...rest, '--resume'].map(quoted).join(' ');
}

function quoted(arg: string): string {
  return /^[\w./:=@%+,-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`;
}
