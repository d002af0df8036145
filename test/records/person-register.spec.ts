import { createPersonRegister } from '../../src/records';
import { PersonRegisterStandIn } from '../../src/sandbox/person-register/person-register-stand-in';

const { signal } = new AbortController();

describe('the register of persons', () => {
  let standIn: PersonRegisterStandIn;
  beforeAll(async () => {
    standIn = await new PersonRegisterStandIn([
      {
        name: 'Ida Bjerre Lindskov',
        cpr: '140486-1216',
        former: [
          { cpr: '140486-1217', reason: 'rettet' },
          { cpr: '140486-9918', reason: 'adoption' },
        ],
      },
    ]).start();
  });
  afterAll(() => standIn.stop());
  const statusOf = async (cpr: string) => {
    const register = createPersonRegister({ ...standIn.settings(), retries: 1, retryBaseMs: 1 });
    return register.statusOf(cpr, signal).finally(() => register.close?.());
  };
  const lookUp = async (cpr: string, more: object = {}) => {
    const register = createPersonRegister({ ...standIn.settings(), retries: 1, retryBaseMs: 1, ...more });
    return register.lookUp(cpr, signal).finally(() => register.close?.());
  };

  it('tells name, birth date and every number with its reason', async () => {
    expect(await lookUp('140486-1216')).toEqual({
      name: 'Ida Bjerre Lindskov',
      birthDate: '1986-04-14',
      numbers: [
        { cpr: '1404861216', reason: 'present' },
        { cpr: '1404861217', reason: 'corrected' },
        { cpr: '1404869918', reason: 'adoption' },
      ],
    });
  });

  it('says that nobody has a number only when the register says so', async () => {
    expect(await lookUp('010203-1234')).toBeNull();
    standIn.fail(404);
    await expect(lookUp('140486-1216')).rejects.toMatchObject({ errorClass: 'not_found' });
    await expect(lookUp('140486-1216', { gatewayToken: 'wrong' })).rejects.toMatchObject({ errorClass: 'auth' });
  });

  it('puts no number into an error', async () => {
    for (const _try of [1, 2]) standIn.fail(503);
    const error = await lookUp('140486-1216').catch((fault: Error) => fault);
    expect((error as Error).message).not.toMatch(/\d{6}-?\d{4}/);
  });

  it('tells how the person is now, the address without the noughts that CPR fills up with', async () => {
    expect(await statusOf('140486-1216')).toEqual({
      state: 'living',
      isPresentNumber: true,
      isAddressProtected: false,
      address: {
        name: 'Ida Bjerre Lindskov',
        street: 'Kirkevej',
        building: '12',
        floor: '2',
        suite: 'TV',
        postCode: '8000',
      },
      custodyHolders: [],
      guardians: [],
    });
  });

  it.each([
    ['doed', 'dead'],
    ['udrejst', 'abroad'],
    ['forsvundet', 'missing'],
  ] as const)('says of one who is "%s" that he or she is %s, with no address', async (status, state) => {
    standIn.change('140486-1216', { status });
    expect(await statusOf('140486-1216')).toMatchObject({ state, address: undefined });
    standIn.change('140486-1216', { status: 'bopael' });
  });

  it('says unknown of a number that nobody has, and throws where the register leaves the status out', async () => {
    expect(await statusOf('010203-1234')).toMatchObject({ state: 'unknown', isPresentNumber: false });
    standIn.change('140486-1216', { status: 'noget nyt' as 'doed' });
    await expect(statusOf('140486-1216')).rejects.toThrow(/a status that is not known/);
    standIn.change('140486-1216', { status: 'bopael' });
  });
});
