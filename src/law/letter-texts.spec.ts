import { appealRoute } from './appeal-bodies';
import { danishDay, longDate, moment, weekdayDate } from './danish-dates';
import { LEGAL_BASES } from './legal-basis';
import { groundById } from './legal-grounds';
import {
  basisText,
  complaintText,
  extraAccessText,
  groundText,
  internalDocumentsText,
  lateNoticeText,
  notifierText,
  outcomeText,
  receiptText,
  restOfDocumentText,
} from './letter-texts';

const reasons = { information: 'en anden persons helbred', consideration: 'oplysningerne er meget følsomme' };

describe('Danish dates', () => {
  it('writes weekday, day and month in words', () => {
    expect(weekdayDate('2026-12-01')).toBe('tirsdag den 1. december 2026');
    expect(longDate('2027-01-31')).toBe('31. januar 2027');
  });

  it('keeps Danish time in summer and winter', () => {
    expect(moment(new Date('2026-11-22T09:14:00Z'), new Date('2026-11-22T20:00:00Z'))).toBe('i dag kl. 10.14');
    expect(moment(new Date('2026-07-01T22:30:00Z'), new Date('2026-07-03T10:00:00Z'))).toBe('i går kl. 00.30');
    expect(moment(new Date('2026-07-01T12:00:00Z'), new Date('2026-07-09T10:00:00Z'))).toBe(
      'den 1. juli 2026 kl. 14.00',
    );
    expect(danishDay(new Date('2026-12-31T23:30:00Z'))).toBe('2027-01-01');
  });
});

describe('letter texts', () => {
  it('shows day 7 as the only date of a receipt', () => {
    const text = receiptText({ received: '2026-11-22', wording: 'Alt om mig', due: '2026-12-01', caseNumber: '26/1' });
    expect(text).toContain('senest tirsdag den 1. december 2026');
    expect(text).toContain('»Alt om mig«');
  });

  it('tells of the complaint over time only where offentlighedsloven gives it', () => {
    const notice = { due: '2026-12-01', reason: 'omfanget på 900 sider', expected: '2026-12-10', partNow: true };
    expect(lateNoticeText({ ...notice, basis: 'OFL_EGENACCES' })).toContain('14 arbejdsdage');
    expect(lateNoticeText({ ...notice, basis: 'FVL_PART' })).not.toContain('14 arbejdsdage');
  });

  it('counts what is given in full, in part and not at all', () => {
    expect(outcomeText({ full: 3, partial: 0, withheld: 0 })).toContain('alle dokumenter');
    expect(outcomeText({ full: 3, partial: 1, withheld: 2 })).toContain('I 1 dokument har vi fjernet');
    expect(outcomeText({ full: 0, partial: 0, withheld: 0 })).toContain('ikke fundet');
  });

  it('writes no statute by its abbreviation', () => {
    const ground = groundById('FVL-15B-5')!;
    const texts = LEGAL_BASES.flatMap((basis) => {
      const route = appealRoute(basis, '27.24.00')!;
      return [
        basisText(basis, 'sagen om sygedagpenge'),
        complaintText(basis, route, 'afgørelsen', 'Solby Kommune'),
        restOfDocumentText(basis),
        extraAccessText(basis, { reason: 'hensynet vejer tungest' }),
      ];
    });
    texts.push(groundText(ground, reasons), notifierText(ground, 'personens forhold'));
    texts.push(internalDocumentsText('FVL_PART', true), internalDocumentsText('OFL_ALLE', false));
    for (const text of texts) expect(text).not.toMatch(/\b(FVL|OFL|GDPR|SUL|MOL|DBL)\b/);
  });

  it('ties the reasons to private or public interests', () => {
    expect(groundText(groundById('FVL-15B-5')!, reasons)).toContain(
      'afgørende hensyn til private eller offentlige interesser, jf. forvaltningslovens § 15 b, nr. 5',
    );
  });

  it('sends complaints the way of the basis', () => {
    const direct = complaintText('FVL_PART', appealRoute('FVL_PART', '27.24.00')!, 'afgørelsen', 'Solby Kommune');
    expect(direct).toContain('Send klagen direkte til Ankestyrelsen.');
    const upheld = complaintText('OFL_ALLE', appealRoute('OFL_ALLE', '00.01.00')!, 'afgørelsen', 'Solby Kommune');
    expect(upheld).toContain('Send klagen til Solby Kommune.');
    expect(upheld).toContain('7 arbejdsdage');
  });
});
