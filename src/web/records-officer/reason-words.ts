export function reasonInWords(reason: string): string {
  return reason;
}
