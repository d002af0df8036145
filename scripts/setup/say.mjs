/** Progress goes to stderr: stdout belongs to the program that is started afterwards. */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

/** Ends the script with a sentence and a code; 2 means that something about the use or the machine is wrong. */
export function giveUp(sentence, code = 2) {
  say(sentence);
  process.exit(code);
}

/** A line that counts upwards: rewritten in place at a terminal, every tenth second elsewhere. Returns how to end it. */
export function showProgress(describe) {
  const started = Date.now();
  const terminal = process.stderr.isTTY === true;
  const line = () => `  ${describe()}, ${Math.round((Date.now() - started) / 1000)} s`;
  const timer = setInterval(
    () => (terminal ? process.stderr.write(`\r\x1b[2K${line()}`) : say(line())),
    terminal ? 500 : 10_000,
  );
  return () => {
    clearInterval(timer);
    if (terminal) process.stderr.write('\r\x1b[2K');
    return Math.round((Date.now() - started) / 1000);
  };
}
