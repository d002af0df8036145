import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PartyRegister } from '../../src/contracts';
import { CLARA, IDA, RASMUS, ERIK, TORBEN } from '../../src/sandbox/municipality/citizens';
import { ELDERLY_CASE } from '../../src/sandbox/municipality/elderly-case';
import { FAMILY_CASE } from '../../src/sandbox/municipality/family-case';
import { SICKNESS_CASE } from '../../src/sandbox/municipality/sickness-case';
import { CLARA_CASE } from '../../src/sandbox/municipality/small-cases';
import type { HeldCase } from '../../src/sandbox/records/holdings';
import { documentsOf, PlantedRequest, registerOf } from './planted-request';

/** The decision that lies in Ida's case and is another citizen's: without it the case is clean. */
export const MISFILED_IN_SOLBY = '10108';

const LABELLED = join(__dirname, '../data/cases');
const LABELLED_CASES = [
  'a01_jobplan',
  'a03_kontanthjaelp_ansoegning',
  'a16_mentornoter',
  'a07_mailtraad',
  'a10_netvaerksmoede',
  'a14_politirapport',
  'b03_aula_traad',
  'b08_plejehjem_dagbog',
  'b13_byggesag_hoering',
  'b18_talenotat_transskription',
];

export function requestFor(cases: HeldCase[], requester: { name: string; cpr?: string }): PlantedRequest {
  const documents = cases.flatMap(documentsOf).filter(({ id }) => id !== MISFILED_IN_SOLBY);
  return new PlantedRequest(
    documents,
    registerOf(cases, requester),
    cases.map(({ number }) => number),
  );
}

/** Twenty requests in which every proposal is followed: ten in Solby, ten of one labelled document each. */
export function cleanRequests(): [name: string, request: PlantedRequest][] {
  const solby: [string, PlantedRequest][] = [
    ['Ida asks for everything', requestFor([SICKNESS_CASE, ELDERLY_CASE, FAMILY_CASE], IDA)],
    ['Ida asks for the sickness case', requestFor([SICKNESS_CASE], IDA)],
    ['Ida asks for the family case', requestFor([FAMILY_CASE], IDA)],
    ['Ida asks for her father’s case', requestFor([ELDERLY_CASE], IDA)],
    ['Rasmus asks for the family case', requestFor([FAMILY_CASE], RASMUS)],
    ['Rasmus asks for both', requestFor([SICKNESS_CASE, FAMILY_CASE], RASMUS)],
    ['Erik asks for his case', requestFor([ELDERLY_CASE], ERIK)],
    ['Torben asks for his father’s case', requestFor([ELDERLY_CASE], TORBEN)],
    ['Clara asks for hers', requestFor([CLARA_CASE], CLARA)],
    ['Ida asks for the case of the family and of her father', requestFor([FAMILY_CASE, ELDERLY_CASE], IDA)],
  ];
  const labelled = LABELLED_CASES.map((name): [string, PlantedRequest] => {
    const register = JSON.parse(readFileSync(join(LABELLED, `${name}.register.json`), 'utf8')) as PartyRegister;
    const text = readFileSync(join(LABELLED, `${name}.txt`), 'utf8');
    return [name, new PlantedRequest([{ id: name, title: 'Dokument', text }], register)];
  });
  return [...solby, ...labelled];
}
