import { bentList, type Fault } from '../records/faults';

/** The answer to one command, spoilt as `fault` says. Bytes are characters of latin1. */
export function bentAnswer(answer: string, fault: Fault): string {
  const { kind, field = '' } = fault;
  if (kind === 'missingField') return answer.replaceAll(new RegExp(`\\b${field}\\b`, 'g'), `X-${field}`);
  if (kind === 'retypedField') return retyped(answer, field);
  if (kind === 'wrongSize') return lengthened(answer);
  if (kind !== 'shortList' && kind !== 'repeatItem') return answer;
  return answer.includes('* ESEARCH') ? bentSearch(answer, fault) : bentRows(answer, fault);
}

/** The value after each `field`, be it a word or a list, is a text that says nothing. */
function retyped(answer: string, field: string): string {
  const [before, ...rest] = answer.split(`${field} `);
  return [before, ...rest.map((text) => `"mange"${text.slice(lengthOfValue(text))}`)].join(`${field} `);
}

function lengthOfValue(text: string): number {
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (depth === 0 && /[ \])\r]/.test(text[at])) return at;
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0 && text[at] === ')') return at + 1;
  }
  return text.length;
}

/** One byte more than the server gave in the first text of given length (RFC 3501 § 4.3). */
function lengthened(answer: string): string {
  const found = /\{(\d+)\}\r\n/.exec(answer);
  if (!found) return answer;
  const begin = found.index + found[0].length;
  const end = begin + Number(found[1]);
  return `${answer.slice(0, found.index)}{${Number(found[1]) + 1}}\r\n${answer.slice(begin, end)} ${answer.slice(end)}`;
}

function bentSearch(answer: string, fault: Fault): string {
  return answer.replace(/ ALL (\S+)/, (_all, set: string) => {
    const uids = set.split(',').flatMap((part) => {
      const [first, last = first] = part.split(':').map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
    const bent = bentList(uids, fault);
    return bent.length === 0 ? '' : ` ALL ${bent.join(',')}`;
  });
}

function bentRows(answer: string, fault: Fault): string {
  const lines = answer.split('\r\n');
  const rows = lines.filter((line) => /^\* \d+ FETCH /.test(line));
  return [...bentList(rows, fault), ...lines.filter((line) => !rows.includes(line))].join('\r\n');
}
