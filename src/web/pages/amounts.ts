const whole = new Intl.NumberFormat('da-DK', { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat('da-DK', { maximumFractionDigits: 1 });

/** "1.234". */
export function count(value: number): string {
  return whole.format(value);
}

/** "5,5"; "1.234". */
export function decimal(value: number): string {
  return oneDecimal.format(value);
}

/** "1 dokument", "12 dokumenter". */
export function counted(value: number, singular: string, plural: string): string {
  return `${whole.format(value)} ${value === 1 ? singular : plural}`;
}

/** Bytes as people read them: "824 kB", "12,4 MB". */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${whole.format(bytes)} byte`;
  if (bytes < 1_000_000) return `${whole.format(bytes / 1000)} kB`;
  if (bytes < 1_000_000_000) return `${oneDecimal.format(bytes / 1_000_000)} MB`;
  return `${oneDecimal.format(bytes / 1_000_000_000)} GB`;
}

/** Working days to a deadline: "5 arbejdsdage tilbage", "sidste dag i dag", "2 arbejdsdage over fristen". */
export function workingDaysLeft(days: number): string {
  if (days === 0) return 'sidste dag i dag';
  if (days < 0) return `${counted(-days, 'arbejdsdag', 'arbejdsdage')} over fristen`;
  return `${counted(days, 'arbejdsdag', 'arbejdsdage')} tilbage`;
}

/** A SHA-256 in groups of eight, so that two can be compared by eye. */
export function hashGroups(hash: string): string {
  return hash.replace(/(.{8})(?=.)/g, '$1 ');
}
