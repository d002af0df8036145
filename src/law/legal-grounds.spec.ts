import { appealRoute } from './appeal-bodies';
import { isLegalBasis, LEGAL_BASES } from './legal-basis';
import {
  defaultGroundFor,
  fits,
  fitsPatientRecord,
  groundById,
  groundsFor,
  longCitation,
  shortLabel,
  type PassageKind,
} from './legal-grounds';

describe('legal grounds', () => {
  it('does not offer OFL § 30, nr. 1 in egenacces', () => {
    expect(fits('OFL-30-1', 'OFL_EGENACCES')).toBe(false);
    expect(groundsFor('OFL_EGENACCES', 'text').map(({ id }) => id)).not.toContain('OFL-30-1');
  });

  it('does not offer the refusals of OFL § 9, stk. 2 on a citizen’s own file', () => {
    for (const basis of ['OFL_EGENACCES', 'FVL_PART'] as const) {
      expect(fits('OFL-9-2-1', basis)).toBe(false);
      expect(fits('OFL-9-2-2', basis)).toBe(false);
    }
  });

  it('offers no secrecy ground against a party', () => {
    expect(fits('OFL-35', 'FVL_PART')).toBe(false);
  });

  it('gives every basis grounds that fit it', () => {
    for (const basis of LEGAL_BASES.filter((name) => name !== 'MOL_ALLE')) {
      const grounds = groundsFor(basis, 'text');
      expect(grounds.length).toBeGreaterThan(0);
      for (const { id } of grounds) expect(fits(id, basis)).toBe(true);
    }
  });

  it('names only bases that exist', () => {
    for (const level of ['request', 'case', 'document', 'text'] as const) {
      for (const basis of LEGAL_BASES) {
        for (const ground of groundsFor(basis, level)) {
          expect(ground.validForBases.every(isLegalBasis)).toBe(true);
        }
      }
    }
  });

  it('never chooses beforehand a ground that does not fit', () => {
    const kinds: PassageKind[] = ['third_party', 'notifier', 'protected_address', 'business', 'control'];
    for (const basis of LEGAL_BASES) {
      for (const kind of kinds) {
        const ground = defaultGroundFor(basis, kind);
        if (ground) expect(fits(ground.id, basis)).toBe(true);
      }
    }
    expect(defaultGroundFor('FVL_PART', 'third_party')?.id).toBe('FVL-15B-5');
    expect(defaultGroundFor('OFL_EGENACCES', 'notifier')?.id).toBe('OFL-8-ANDRE');
    expect(defaultGroundFor('SUL_37', 'third_party')).toBeNull();
  });

  it('accepts no third-party ground on patient notes from 2010 on', () => {
    expect(fitsPatientRecord('SUL-37-3', '2009-12-31')).toBe(true);
    expect(fitsPatientRecord('SUL-37-3', '2010-01-01')).toBe(false);
    expect(fitsPatientRecord('FVL-15B-5', '2009-12-31')).toBe(false);
  });

  it('labels a box with the provision and a letter with the act', () => {
    const ground = groundById('FVL-15B-5')!;
    expect(shortLabel(ground)).toBe('§ 15 b, nr. 5');
    expect(longCitation(ground)).toBe('forvaltningslovens § 15 b, nr. 5');
    expect(groundById('FVL-9-C')).toBeNull();
  });
});

describe('appeal routes', () => {
  it('sends a party’s complaint directly to the body of the underlying case', () => {
    expect(appealRoute('FVL_PART', '27.24.00')).toMatchObject({ body: 'Ankestyrelsen', sendTo: 'direct' });
    expect(appealRoute('FVL_PART', '02.34.02')).toMatchObject({ body: 'Byggeklageenheden' });
  });

  it('sends a complaint under offentlighedsloven to the municipality first', () => {
    expect(appealRoute('OFL_EGENACCES', '00.01.00')).toMatchObject({ sendTo: 'municipality' });
  });

  it('follows the basis before the subject', () => {
    expect(appealRoute('GDPR_15', null)?.body).toBe('Datatilsynet');
    expect(appealRoute('SUL_37', '29.15.00')?.body).toBe('Styrelsen for Patientklager');
  });

  it.each(['01.03.00', '17.03.00', '99.00.00', 'rod', null])('leaves subject %p to a human', (kle) => {
    expect(appealRoute('FVL_PART', kle)).toBeNull();
  });
});
