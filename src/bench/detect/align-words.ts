interface Placed {
  text: string;
  start: number;
  end: number;
}

const GAP = 0.7;

/** Tells where a stretch of `from` stands in `to`, a reading of the same page; null when none of its words is there. */
export function alignWords(
  from: string,
  to: string,
): (start: number, end: number) => { start: number; end: number } | null {
  const [before, after] = [wordsOf(from), wordsOf(to)];
  const partner = partners(before, after);
  return (start, end) => {
    let first: number | null = null;
    let last: number | null = null;
    for (const [at, word] of before.entries()) {
      if (word.end <= start || word.start >= end || partner[at] === -1) continue;
      const other = after[partner[at]!]!;
      // A label may begin or end inside a word: the same number of letters is left out on the other side.
      const from = other.start + Math.min(Math.max(0, start - word.start), other.end - other.start);
      const until = other.end - Math.min(Math.max(0, word.end - end), other.end - other.start);
      if (until <= from) continue;
      first = Math.min(first ?? from, from);
      last = Math.max(last ?? until, until);
    }
    return first === null || last === null ? null : { start: first, end: last };
  };
}

function wordsOf(text: string): Placed[] {
  return [...text.matchAll(/\S+/gu)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }));
}

/** For each word of the first text its word of the second, or -1: the cheapest way of turning one row into the other. */
function partners(before: Placed[], after: Placed[]): Int32Array {
  const width = after.length + 1;
  const cost = new Float32Array((before.length + 1) * width);
  for (let j = 1; j < width; j += 1) cost[j] = j * GAP;
  for (let i = 1; i <= before.length; i += 1) {
    cost[i * width] = i * GAP;
    for (let j = 1; j < width; j += 1)
      cost[i * width + j] = Math.min(
        cost[(i - 1) * width + j - 1]! + difference(before[i - 1]!.text, after[j - 1]!.text),
        cost[(i - 1) * width + j]! + GAP,
        cost[i * width + j - 1]! + GAP,
      );
  }
  const partner = new Int32Array(before.length).fill(-1);
  for (let i = before.length, j = after.length; i > 0 && j > 0;) {
    const here = cost[i * width + j]!;
    if (here === Math.fround(cost[(i - 1) * width + j]! + GAP)) i -= 1;
    else if (here === Math.fround(cost[i * width + j - 1]! + GAP)) j -= 1;
    else {
      partner[i - 1] = j - 1;
      i -= 1;
      j -= 1;
    }
  }
  return partner;
}

/** 0 for equal words to 1.4 for words without anything in common: more than leaving both out. */
function difference(a: string, b: string): number {
  if (a === b) return 0;
  let same = 0;
  const rest = [...b.toLowerCase()];
  for (const letter of a.toLowerCase()) {
    const at = rest.indexOf(letter);
    if (at === -1) continue;
    same += 1;
    rest.splice(at, 1);
  }
  return 1.5 * (1 - (2 * same) / (a.length + b.length)) + 0.05;
}
