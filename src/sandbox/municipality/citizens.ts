import type { HeldParty } from '../records/holdings';

/**
 * The people of Solby Kommune. All are invented, and every CPR number fails modulus 11 and is no 1 January, so that it
 * can belong to nobody.
 */
export interface Citizen {
  /** Login name at the sandbox's MitID. */
  login: string;
  name: string;
  cpr: string;
  address: string;
  phone?: string;
  email?: string;
}

/** The main citizen: party in three cases in two systems. */
export const IDA: Citizen = {
  login: 'ida',
  name: 'Ida Bjerre Lindskov',
  cpr: '140486-1216',
  address: 'Kirsebærvænget 14, 2. tv., 7799 Solby',
  phone: '61 08 44 19',
  email: 'ida.lindskov@postfisk.example',
};

/** Has one small case whose documents cannot all be opened. */
export const BO: Citizen = {
  login: 'bo',
  name: 'Bo Krarup Munk',
  cpr: '280577-1313',
  address: 'Pilebækken 45, 7799 Solby',
  phone: '61 40 22 16',
};

/** Has one case of four short documents. */
export const CLARA: Citizen = {
  login: 'clara',
  name: 'Clara Overby Sand',
  cpr: '110392-1414',
  address: 'Havnegade 3, 7799 Solby',
  phone: '61 20 44 81',
};

/** Has no case anywhere: the search answers "nothing". */
export const DAGMAR: Citizen = {
  login: 'dagmar',
  name: 'Dagmar Toft Iversen',
  cpr: '060394-1448',
  address: 'Skolegade 2, 7799 Solby',
};

export const CITIZENS: Citizen[] = [IDA, BO, CLARA, DAGMAR];

/** A citizen as a party of a case. */
export function asParty({ login: _login, ...known }: Citizen, part: string, primary: boolean): HeldParty {
  return { ...known, part, primary };
}

export const RASMUS: HeldParty = {
  part: 'Tidligere ægtefælle',
  name: 'Rasmus Thorup Lindskov',
  cpr: '091184-2219',
  address: 'Gl. Møllevej 4, 7798 Hvidmose',
  phone: '84 51 07 36',
  email: 'rasmus.lindskov@postfisk.example',
};

export const ALMA: HeldParty = {
  part: 'Barn, fælles forældremyndighed',
  name: 'Alma Bjerre Lindskov',
  cpr: '170514-5512',
  address: IDA.address,
};

export const VIGGO: HeldParty = {
  part: 'Barn, fælles forældremyndighed',
  name: 'Viggo Bjerre Lindskov',
  cpr: '040917-7733',
  address: IDA.address,
};

export const GUDRUN: HeldParty = {
  part: 'Underretter',
  name: 'Gudrun Tofte',
  cpr: '190151-1142',
  address: 'Kirsebærvænget 14, st. tv., 7799 Solby',
  phone: '85 21 90 36',
};

export const ERIK: HeldParty = {
  part: 'Borger',
  primary: true,
  name: 'Erik Holst Bjerre',
  cpr: '270241-0313',
  address: 'Bøgelunden 8, 7799 Solby',
  phone: '58 10 44 71',
};

export const MARICEL: HeldParty = {
  part: 'Ægtefælle',
  name: 'Maricel Santos Bjerre',
  cpr: '041262-2334',
  address: 'Bøgelunden 8, 7799 Solby',
};

export const TORBEN: HeldParty = {
  part: 'Bror',
  name: 'Torben Bjerre',
  cpr: '131279-1513',
  address: 'Gl. Sognevej 9, 7798 Hvidmose',
};

export const SANNE: HeldParty = { part: 'Søster', name: 'Sanne Bjerre Mikkelsen', cpr: '150383-1130' };

export const HOLGER: HeldParty = {
  part: 'Anmelder',
  name: 'Holger Frandsen',
  cpr: '230865-2113',
  address: 'Havnegade 5, 7799 Solby',
  phone: '84 71 02 55',
};

/** An employee as a party of a case. */
export function employee(name: string, part = 'Sagsbehandler', email?: string): HeldParty {
  return { name, part, email, employee: true };
}

/** A doctor, psychologist or other who acts in a profession. */
export function professional(name: string, part: string): HeldParty {
  return { name, part };
}
