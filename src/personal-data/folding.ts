/**
 * Letters made comparable: lower case, without diacritics, one UTF-16 unit for one, so that offsets stay those of the
 * input. `æ`, `ø` and `å` stay: in Danish they are letters of their own.
 */
const FOLDED = foldingTable();

/** The folded text; exactly as long as `text`. */
export function fold(text: string): string {
  const units = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i += 1) units[i] = FOLDED[text.charCodeAt(i)]!;
  return Buffer.from(units.buffer).toString('utf16le');
}

/** Letters and figures only, folded: `Gl. Møllevej 4` -> `glmøllevej4`. */
export function squeeze(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]+/gu, '');
}

/** True when at most one letter was put in, left out, changed, or swapped with its neighbour. */
export function isOneSlipApart(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  const room = Math.min(a.length, b.length) - head;
  while (tail < room && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const [restA, restB] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

function foldingTable(): Uint16Array {
  const table = new Uint16Array(65_536);
  for (let unit = 0; unit < table.length; unit += 1) table[unit] = foldedUnit(unit);
  const special: Record<string, string> = {
    ı: 'i',
    İ: 'i',
    ł: 'l',
    Ł: 'l',
    đ: 'd',
    Đ: 'd',
    ð: 'd',
    Ð: 'd',
    þ: 't',
    Þ: 't',
    '’': "'",
    '´': "'",
    '–': '-',
    '—': '-',
    '‑': '-',
    '\u00a0': ' ',
  };
  for (const [from, to] of Object.entries(special)) table[from.charCodeAt(0)] = to.charCodeAt(0);
  return table;
}

function foldedUnit(unit: number): number {
  if (unit >= 0xd800 && unit <= 0xdfff) return unit;
  const lower = String.fromCharCode(unit).toLowerCase();
  const letter = lower.length === 1 ? lower : String.fromCharCode(unit);
  if (letter === 'å' || unit < 0x80) return letter.charCodeAt(0);
  // Latin letters only: decomposing other scripts would change what the letter is.
  if (unit >= 0x250 && !(unit >= 0x1e00 && unit <= 0x1eff)) return letter.charCodeAt(0);
  return letter.normalize('NFD').charCodeAt(0);
}
