/** Words longer than this get places where the line may break, so that nothing runs off the page. */
const LONGEST_WORD = 60;

// What PDF forbids in text: control characters, half surrogate pairs, private use, non-characters.
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A copy of the data whose every text can be set. Nothing vanishes unseen: a visible character that no font has becomes its
 * code, "[U+4F60]". Control characters, which show nothing anyway, become blanks.
 * @param missing characters that no font has
 */
export function writable(data: unknown, missing: ReadonlySet<string> = new Set()): unknown {
  if (typeof data === 'string') return writableText(data, missing);
  if (Array.isArray(data)) return data.map((item) => writable(item, missing));
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, writable(value, missing)]));
}

function writableText(text: string, missing: ReadonlySet<string>): string {
  const allowed = text
    .replace(/\r\n?/g, '\n')
    .replace(FORBIDDEN, (letter) => (/[\ue000-\uf8ff]/.test(letter) ? code(letter) : ' '));
  const known =
    missing.size === 0 ? allowed : [...allowed].map((letter) => (missing.has(letter) ? code(letter) : letter)).join('');
  return known.replace(/\S{61,}/g, (word) =>
    (word.match(new RegExp(`.{1,${LONGEST_WORD}}`, 'gu')) ?? []).join('\u200b'),
  );
}

function code(letter: string): string {
  return `[U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
}

/** The characters that Typst says no font has. Its message quotes them in the manner of Rust: "你", "\u{7}". */
export function missingCharacters(message: string): Set<string> {
  const found = new Set<string>();
  for (const [, quoted = ''] of message.matchAll(/the text `\\?"(.*?)\\?"` could not be displayed/g)) {
    const text = quoted.replace(/\\+u\{([0-9a-f]{1,6})\}/gi, (_, hex: string) =>
      String.fromCodePoint(parseInt(hex, 16)),
    );
    for (const letter of text) found.add(letter);
  }
  return found;
}
