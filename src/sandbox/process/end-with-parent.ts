/** Stops a stand-in on SIGTERM and Ctrl-C, and when the process that holds its stdin is gone in whatever way. */
export function endWithParent(stop: () => Promise<void>): void {
  let stopping = false;
  const end = (): void => {
    if (stopping) return;
    stopping = true;
    void stop().finally(() => process.exit(0));
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  // Started by hand at a terminal there is no parent to outlive.
  if (process.stdin.isTTY) return;
  process.stdin.resume();
  process.stdin.on('end', end);
  process.stdin.on('error', end);
}
