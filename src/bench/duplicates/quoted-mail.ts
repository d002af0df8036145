/** Sender, time, subject, words. */
export type Message = [from: string, at: string, subject: string, words: string];
export type QuoteStyle = 'outlook' | 'original' | 'skrev' | 'wrote' | 'gt';

export interface Thread {
  id: string;
  style: QuoteStyle;
  messages: Message[];
}

/** The mail as it is filed: its own head and words, then every earlier message in the way of the sender's mail program. */
export function asFiled(thread: Thread, upTo: number, quotesFrom = 0): string {
  const own = thread.messages[upTo];
  const tail = thread.messages.slice(quotesFrom, upTo).reverse();
  return [head(own), own[3], ...tail.map((message) => quoted(thread.style, message))].join('\n\n');
}

function head([from, at, subject]: Message): string {
  return `Fra: ${from}\nTil: Solby Kommune\nDato: ${at}\nEmne: ${subject}`;
}

function quoted(style: QuoteStyle, message: Message): string {
  const [from, at, subject, words] = message;
  if (style === 'outlook') return `Fra: ${from}\nSendt: ${at}\nTil: Solby Kommune\nEmne: ${subject}\n\n${words}`;
  if (style === 'original') return `-----Oprindelig meddelelse-----\n${head(message)}\n\n${words}`;
  if (style === 'skrev') return `Den ${at} skrev ${from} <post@solby.example>:\n\n${words}`;
  if (style === 'wrote') return `On ${at}, ${from} wrote:\n\n${words}`;
  return `Den ${at} skrev ${from}:\n${words
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')}`;
}
