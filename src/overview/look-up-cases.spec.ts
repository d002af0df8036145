import type { Connector, RecordsCase } from '../contracts';
import { SourceError } from '../contracts';
import { lookUpCases } from './look-up-cases';

const CPR = '1103921414';
const NOTHING_HIDDEN = { hiddenKle: [] };

function recordsCase(about: Partial<RecordsCase>): RecordsCase {
  return {
    sourceCaseId: '1',
    caseNumber: '32.30.04-G01-118-22',
    title: 'Clara Overby Sand 110392-1414',
    kle: '32.30.04',
    open: true,
    parties: [{ role: 'primary', roleText: 'citizen', name: 'Clara', cpr: '110392-1414' }],
    ...about,
  };
}

function connector(name: string, discover: (signal: AbortSignal) => AsyncIterable<RecordsCase>): Connector {
  return {
    source: { id: name, kind: 'sbsys', name, owner: 'Solby' },
    discover: (_subject: unknown, { signal }: { signal: AbortSignal }) => discover(signal),
  } as unknown as Connector;
}

const answering = (...cases: RecordsCase[]) =>
  connector('answering', async function* () {
    yield* cases;
  });

describe('the citizen’s own cases', () => {
  it('are told by subject and area, never by the title', async () => {
    const { cases } = await lookUpCases([answering(recordsCase({}))], CPR, NOTHING_HIDDEN, 1000);
    expect(cases).toMatchObject([
      {
        area: 'Pension og ydelser',
        subject: 'Sygedagpenge og barsel',
        caseNumber: '32.30.04-G01-118-22',
        isOpen: true,
      },
    ]);
    expect(JSON.stringify(cases)).not.toMatch(/Clara|110392/);
  });

  it('have no number when the number holds a CPR number', async () => {
    const found = recordsCase({ caseNumber: '27.00.00-110392-1414', kle: undefined });
    const { cases } = await lookUpCases([answering(found)], CPR, NOTHING_HIDDEN, 1000);
    expect(cases).toMatchObject([{ caseNumber: undefined, subject: 'Sag uden oplyst emne' }]);
  });

  it('are not those in which somebody else is the primary party', async () => {
    const child = recordsCase({
      parties: [
        { role: 'primary', roleText: 'child', name: 'Viggo', cpr: '040917-7733' },
        { role: 'secondary', roleText: 'parent', name: 'Clara', cpr: CPR },
      ],
    });
    expect((await lookUpCases([answering(child)], CPR, NOTHING_HIDDEN, 1000)).cases).toEqual([]);
  });

  it('do not exist on the page when their subject is protected, nor when their subject is unknown then', async () => {
    const source = answering(
      recordsCase({ sourceCaseId: '1' }),
      recordsCase({ sourceCaseId: '2', kle: '27.24.00' }),
      recordsCase({ sourceCaseId: '3', kle: undefined }),
    );
    const { cases, unavailable } = await lookUpCases([source], CPR, { hiddenKle: ['27.24'] }, 1000);
    expect(cases.map((each) => each.sourceCaseId)).toEqual(['1']);
    expect(unavailable).toEqual([]);
  });
});

describe('a source without a definite answer', () => {
  it('is named, shows nothing of what it began to list, and holds no other source back', async () => {
    const halfway = connector('halfway', async function* () {
      yield recordsCase({ sourceCaseId: 'half' });
      throw new SourceError('unavailable', 'The source answered 500.', true);
    });
    const answer = await lookUpCases([halfway, answering(recordsCase({}))], CPR, NOTHING_HIDDEN, 1000);
    expect(answer.cases.map((each) => each.sourceCaseId)).toEqual(['1']);
    expect(answer.unavailable).toEqual([{ source: 'halfway', why: expect.stringContaining('kan ikke give svar') }]);
  });

  it('is given up at the limit, also when it does not listen', async () => {
    const deaf = connector('deaf', async function* () {
      await new Promise<never>(() => undefined);
    });
    const answer = await lookUpCases([deaf], CPR, NOTHING_HIDDEN, 30);
    expect(answer.unavailable).toEqual([{ source: 'deaf', why: expect.stringContaining('svarede ikke i tide') }]);
  });
});
