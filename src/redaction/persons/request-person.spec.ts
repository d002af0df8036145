import { isProposedToGo } from './judge-finding';
import { applyChoices, type AppliedChoice, type RequestPerson } from './request-person';

function person(key: string, access: RequestPerson['access'] = 'unknown'): RequestPerson {
  return { key, name: key, role: '', access, origin: 'text', evidence: '', everywhere: null, judgedBy: null };
}

function choice(given: Partial<AppliedChoice>): AppliedChoice {
  const empty = { partyKey: null, intoKey: null, role: null, access: null, decision: null, groundId: null, name: null };
  return { id: 'c', kind: 'merge', places: [], ...empty, ...given };
}

describe('choices about persons', () => {
  it('are applied in order: a person split out after a merge takes places of both', () => {
    const { keyAt, persons } = applyChoices(
      [person('P1'), person('P2')],
      [
        choice({ kind: 'merge', partyKey: 'P2', intoKey: 'P1' }),
        choice({ kind: 'split', partyKey: 'P1', intoKey: 'S1', places: ['f:0'] }),
      ],
    );
    expect(keyAt('P2', { fileId: 'f', page: 0, start: 4 })).toBe('S1');
    expect(keyAt('P2', { fileId: 'f', page: 1, start: 4 })).toBe('P1');
    expect([...persons.keys()]).toEqual(['P1', 'S1']);
  });

  it('take with a split a single mention, and leave the others of the page', () => {
    const split = choice({ kind: 'split', partyKey: 'P1', intoKey: 'S1', places: ['f:0:40'] });
    const { keyAt } = applyChoices([person('P1')], [split]);
    expect(keyAt('P1', { fileId: 'f', page: 0, start: 40 })).toBe('S1');
    expect(keyAt('P1', { fileId: 'f', page: 0, start: 4 })).toBe('P1');
    expect(keyAt('P1', { fileId: 'g', page: 0, start: 40 })).toBe('P1');
  });

  it('leave what was found as it was', () => {
    const found = [person('P1')];
    applyChoices(found, [choice({ kind: 'part', partyKey: 'P1', access: 'own', role: 'child, custody' })]);
    expect(found).toEqual([person('P1')]);
  });
});

describe('what is proposed to go', () => {
  const found = { redact: true, accessThen: 'unknown' as const, isSentIn: false };

  it('stays what the detector said while the person is as little kept as before', () => {
    expect(isProposedToGo(found, 'third')).toBe(true);
    expect(isProposedToGo({ ...found, redact: false }, 'third')).toBe(false);
  });

  it('turns when the person is kept, and turns back', () => {
    expect(isProposedToGo(found, 'professional')).toBe(false);
    expect(isProposedToGo({ ...found, redact: false, accessThen: 'own' }, 'third')).toBe(true);
  });

  it('is in what the citizen sent in only what is protected', () => {
    expect(isProposedToGo({ ...found, isSentIn: true }, 'third')).toBe(false);
    expect(isProposedToGo({ ...found, isSentIn: true }, 'protected')).toBe(true);
    expect(isProposedToGo({ ...found, isSentIn: true }, null)).toBe(false);
  });
});
