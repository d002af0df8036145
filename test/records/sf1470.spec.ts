import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createCaseIndex } from '../../src/records';
import { searchInput } from '../../src/records/sf1470/search-envelope';
import { CaseIndexStandIn, output, type IndexedCase } from '../../src/sandbox/sf1470/case-index-stand-in';

const CPR = '1404861216';
/** The published schemas are KOMBIT's (MIT) and no part of this program. */
const SCHEMA = resolve(
  __dirname,
  '../../../shared/reference/kombit-sf1470/wsdl/SagDokumentIndeks/SF1470_EP_SD1/xsd/1.2.STS-4/SagDokumentIndeksOperationer.xsd',
);
const VERSION = '1.2.4.0';

const held = (number: number, system: string, more: Partial<IndexedCase> = {}): IndexedCase => ({
  id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  system,
  parties: [CPR],
  caseNumber: `27.24.00-G01-${number}-24`,
  kle: '27.24.00',
  title: 'Støtte & hjælp <til> familien',
  documents: ['Ansøgning', 'Afgørelse'],
  ...more,
});
const CASES = [held(1, 'SBSYS'), held(2, 'SBSYS'), held(3, 'Cura', { documents: [] })];
const { signal } = new AbortController();

describe('the index of cases (SF1470)', () => {
  let standIn: CaseIndexStandIn;
  beforeEach(async () => (standIn = await new CaseIndexStandIn(CASES).start()));
  afterEach(() => standIn.stop());
  const search = async (cprs = [CPR], more: object = {}) => {
    const index = createCaseIndex({ ...standIn.settings(), retries: 1, retryBaseMs: 1, ...more });
    return index.search(cprs, signal).finally(() => index.close?.());
  };

  it('names the system, number, subject and documents of every case that the number is a party of', async () => {
    expect(await search()).toEqual([
      { system: 'SBSYS', caseNumber: '27.24.00-G01-1-24', kle: '27.24.00', documents: 2 },
      { system: 'SBSYS', caseNumber: '27.24.00-G01-2-24', kle: '27.24.00', documents: 2 },
      { system: 'Cura', caseNumber: '27.24.00-G01-3-24', kle: '27.24.00', documents: 0 },
    ]);
  });

  it('reads every page, and each case once when two numbers find it', async () => {
    expect(await search([CPR, '140486-1216'], { pageSize: 1 })).toHaveLength(3);
    expect(standIn.searches).toBe(6);
  });

  it('says nothing after a definite nothing only', async () => {
    expect(await search(['0102031234'])).toEqual([]);
    standIn.fault('refused');
    await expect(search()).rejects.toMatchObject({ errorClass: 'forbidden', retryable: false });
  });

  it.each([
    ['503', 'unavailable'],
    ['html200', 'contract'],
    ['broken', 'contract'],
    ['shortList', 'truncated'],
  ] as const)('takes an answer that is spoilt (%s) for a fault of class %s', async (fault, errorClass) => {
    for (const _try of [1, 2]) standIn.fault(fault);
    await expect(search()).rejects.toMatchObject({ errorClass });
  });

  it('goes on after one bad answer', async () => {
    standIn.fault('503');
    expect(await search()).toHaveLength(3);
  });

  const described = hasSchema() ? it : it.skip;
  described('speaks as the published schema wants it, and so does the stand-in', async () => {
    expect(await faults(searchInput({ cpr: CPR, first: 0, most: 100 }, VERSION))).toEqual([]);
    const body = /<soap:Body>([^]*)<\/soap:Body>/.exec(output(VERSION, 3, CASES))?.[1] ?? '';
    expect(await faults(body)).toEqual([]);
    expect(await faults(body.replaceAll('SystemNavn', 'Systemnavn'))).not.toEqual([]);
  });
});

function hasSchema(): boolean {
  if (existsSync(SCHEMA)) return true;
  process.stderr.write(
    '\n*** The published schemas of SF1470 are not on this machine: checks against them did NOT run. ***\n',
  );
  return false;
}

async function faults(xml: string): Promise<string[]> {
  const { XmlDocument, XsdValidator, XmlLibError } = await import('libxml2-wasm');
  const { xmlRegisterFsInputProviders } = await import('libxml2-wasm/lib/nodejs.mjs');
  xmlRegisterFsInputProviders();
  const validator = XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(SCHEMA), { url: SCHEMA }));
  try {
    validator.validate(XmlDocument.fromString(xml));
    return [];
  } catch (error) {
    if (error instanceof XmlLibError) return error.details.map(({ message }) => message.trim());
    throw error;
  } finally {
    validator.dispose();
  }
}
