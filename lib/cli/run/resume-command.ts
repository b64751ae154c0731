/** The command line that goes on with a run. */
export function resumeCommand(args: readonly string[]): string {
  const rest = args.filter((arg) => arg !== '--force' && arg !== '--resume');
  const end = rest.includes('--') ? rest.indexOf('--') : rest.length; // behind it are no options
  return ['rx-fanout', ...rest.slice(0, end), '--resume', ...rest.slice(end)].map(quoted).join(' ');
}

function quoted(arg: string): string {
  return /^[\w./:=@%+,-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`;
}
