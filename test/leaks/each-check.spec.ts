import type { LeakReport } from '../../src/contracts';
import { verifyOutgoing, verifyPdf } from '../../src/pdf';
import { CHECKS } from '../../src/pdf/gate/checks';
import { BOX, bytesOf, finishedPdf, LABEL, NAME, SECRET } from './finished-pdf';
import { PLANTS, type Plant } from './plants';

const ABSENT = [
  { text: SECRET, type: 'CPR' },
  { text: NAME, type: 'NAME' },
];

async function judged({
  plant,
  after = (bytes) => bytes,
  options = () => ({}),
}: Omit<Plant, 'check' | 'what'>): Promise<LeakReport> {
  const file = await finishedPdf();
  await plant(file);
  const bytes = after(await bytesOf(file));
  return verifyPdf(bytes, {
    absent: ABSENT,
    boxes: { '0': [BOX] },
    labels: [LABEL],
    reading: 'none',
    ...(await options()),
  });
}

/** The verdict of a gate that has every check but one. */
function passesWithout(report: LeakReport, check: string): boolean {
  return report.checks.every(({ name, verdict }) => name === check || verdict !== 'fail');
}

describe('a leak that is planted into a finished file', () => {
  it('is none before it is planted', async () => {
    const original = await bytesOf(await finishedPdf());
    const report = await judged({
      plant: () => undefined,
      options: () => ({ original, reading: 'scans', rasterisedPages: [0] }),
    });
    expect(report.checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(report.verdict).toBe('pass');
  });

  it.each(PLANTS)('$check alone finds $what', async (plant) => {
    const report = await judged(plant);
    expect(report.checks.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name)).toEqual([plant.check]);
    expect(report.verdict).toBe('fail');
    expect(passesWithout(report, plant.check)).toBe(true);
    expect(JSON.stringify(report)).not.toMatch(/120388|Mette/);
  });

  it('is there for every check of the gate', () => {
    expect(new Set(PLANTS.map(({ check }) => check))).toEqual(new Set([...CHECKS, 'original']));
  });
});

describe('whatever else leaves', () => {
  it.each([
    ['file-name', 'notat om Mette Sørensen.pdf', 'text/plain', 'roligt'],
    ['text', 'brev.txt', 'text/plain', 'Hun hedder METTE  SØRENSEN'],
    ['text', 'svar.json', 'application/json', '{"a":[{"120388-1234":1}]}'],
    ['text', 'svar.json', 'application/json', '{"a":"\\u0031\\u0032\\u0030\\u0033\\u00388-1234"}'],
    ['text', 'liste.csv', 'text/csv', 'navn;nummer\nA;120388 1234\n'],
    ['text', 'liste.csv', 'text/csv', 'fornavn;efternavn\n"Mette";"Sørensen"\n'],
    ['text', 'laes.html', 'text/html', '<p>Mette <b>S&oslash;rensen</b></p>'],
    ['text', 'laes.html', 'text/html', '<p>12<wbr>03<i>88</i>&#45;1234</p>'],
    ['text', 'laes.html', 'text/html', '<img alt="120388-1234" src="a.png">'],
  ])('is stopped by %s: %s', async (check, fileName, mediaType, content) => {
    const report = await verifyOutgoing({ name: fileName, mediaType, content }, ABSENT);
    expect(report.verdict).toBe('fail');
    expect(report.checks.filter(({ verdict }) => verdict === 'fail').map((each) => each.name)).toEqual([check]);
  });

  it.each([
    ['text/plain', 'Et roligt brev om Mette Hansen'],
    ['application/json', '{"navn":"Mette","tal":1203881}'],
    ['text/html', '<!doctype html><p>Mette &amp; Poul Sørensen</p>'],
  ])('passes as %s when nothing of it was removed', async (mediaType, content) => {
    expect((await verifyOutgoing({ name: 'svar', mediaType, content }, ABSENT)).verdict).toBe('pass');
  });

  it.each([
    ['application/json', '{"a":'],
    ['text/html', Buffer.from([0x3c, 0xff, 0xfe])],
    ['application/pdf', 'ingen pdf'],
  ])('fails when it cannot be read as %s', async (mediaType, content) => {
    expect((await verifyOutgoing({ name: 'svar', mediaType, content }, ABSENT)).verdict).toBe('fail');
  });

  it('goes through the whole gate when it is a PDF', async () => {
    const file = await finishedPdf();
    file.write(`CPR ${SECRET}`, 72, 300);
    const content = await bytesOf(file);
    const outgoing = { name: 'brev.pdf', mediaType: 'application/pdf', content };
    expect((await verifyOutgoing(outgoing, ABSENT, { reading: 'none' })).verdict).toBe('fail');
  });
});
