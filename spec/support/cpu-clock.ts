/** Starts a clock that tells what this process has taken of the processors since (ms): the machine's other work is not in it. */
export function cpuClock(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}
