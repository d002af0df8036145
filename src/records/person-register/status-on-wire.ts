import type { LetterAddress, PersonStatus } from '../../contracts';
import { contractError, type Asked } from '../http/source-errors';
import { optionalFlag, optionalText, requiredText, wireOf, type Wire } from '../http/wire';

const STATES: Record<string, PersonStatus['state']> = {
  bopael: 'living',
  udrejst: 'abroad',
  forsvundet: 'missing',
  doed: 'dead',
};

/** How a person is now. What the gateway leaves out is no answer: nobody is living, or unprotected, by silence. */
export function statusOnWire(answer: Wire, asked: Asked): Omit<PersonStatus, 'isPresentNumber'> {
  const state = STATES[requiredText(answer, 'status', asked)];
  if (!state) throw contractError(asked, 'gave a status that is not known');
  const isAddressProtected = optionalFlag(answer, 'adressebeskyttelse', asked);
  if (isAddressProtected === undefined) throw contractError(asked, 'left out "adressebeskyttelse"');
  return {
    state,
    isAddressProtected,
    address: addressOnWire(answer, asked),
    custodyHolders: numbersOnWire(answer, 'foraeldremyndighed', asked),
    guardians: numbersOnWire(answer, 'vaerger', asked),
  };
}

/** Absent when the register knows none: one who lives abroad, or has no fixed home. */
function addressOnWire(answer: Wire, asked: Asked): LetterAddress | undefined {
  const { adresse } = answer;
  if (adresse === undefined || adresse === null) return undefined;
  const item = wireOf(adresse, asked);
  const text = (field: string) => optionalText(item, field, asked);
  return withoutGaps({
    name: text('navn') ?? requiredText(answer, 'navn', asked),
    coName: text('conavn'),
    street: requiredText(item, 'vejnavn', asked),
    building: withoutZeros(requiredText(item, 'husnr', asked)),
    floor: text('etage') && withoutZeros(text('etage') as string),
    suite: text('doer'),
    subdivision: text('bynavn'),
    postCode: requiredText(item, 'postnr', asked),
  });
}

function withoutGaps(address: LetterAddress): LetterAddress {
  return Object.fromEntries(
    Object.entries(address).filter(([, value]) => value !== undefined),
  ) as unknown as LetterAddress;
}

/** CPR fills numbers up: house 012, floor 02. */
function withoutZeros(text: string): string {
  return text
    .trim()
    .replace(/^0+(?=\d)/, '')
    .toUpperCase();
}

function numbersOnWire(answer: Wire, field: string, asked: Asked): string[] {
  const list = answer[field];
  if (!Array.isArray(list)) throw contractError(asked, `left out the list "${field}"`);
  if (!list.every((each): each is string => typeof each === 'string' && /^\d{10}$/.test(each)))
    throw contractError(asked, `gave a number in "${field}" that is not ten digits`);
  return list;
}
