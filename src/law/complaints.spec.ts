import { complaintDueOn, complaintRoad, remittedDueOn } from './complaints';

describe('the road of a complaint', () => {
  it('leads to the municipality under offentlighedsloven: seven working days to reconsider, twenty for the body', () => {
    const road = complaintRoad('document', 'OFL_EGENACCES', '27.24.00');
    expect(road).toMatchObject({ body: 'Ankestyrelsen', sendTo: 'municipality', municipalityDays: 7, bodyDays: 20 });
    expect(road.legalSource).toBe('offentlighedslovens § 37');
    expect(complaintDueOn(road, '2026-12-15')).toEqual({ strict: '2026-12-24', lenient: '2026-12-28' });
  });

  it('leads straight to the body of the underlying case for a party, forwarded by the next working day', () => {
    const road = complaintRoad('whole', 'FVL_PART', '32.30.04');
    expect(road).toMatchObject({ body: 'Ankestyrelsen', sendTo: 'direct', bodyDays: null });
    // A Friday: the next working day is Monday.
    expect(complaintDueOn(road, '2026-11-20').strict).toBe('2026-11-23');
  });

  it('over delay follows § 39 under offentlighedsloven and goes to the supervision for a party', () => {
    expect(complaintRoad('delay', 'OFL_ALLE', '00.01.00')).toMatchObject({
      sendTo: 'municipality',
      legalSource: 'offentlighedslovens § 39',
      municipalityDays: 7,
    });
    expect(complaintRoad('delay', 'FVL_PART', '27.24.00')).toMatchObject({
      body: 'Ankestyrelsen (Det kommunale og regionale tilsyn)',
      sendTo: 'direct',
    });
  });

  it('names Datatilsynet for personal data and Styrelsen for Patientklager for patient records', () => {
    expect(complaintRoad('whole', 'GDPR_15', null).body).toBe('Datatilsynet');
    expect(complaintRoad('passage', 'SUL_37', null).body).toBe('Styrelsen for Patientklager');
  });

  it('guesses no body that the catalogue does not know', () => {
    expect(complaintRoad('document', 'OFL_EGENACCES', '17.03.00').body).toBeNull();
    expect(complaintRoad('document', 'FVL_PART', null).body).toBeNull();
  });

  it('gives a case that is sent back seven working days', () => {
    expect(remittedDueOn('2026-11-22').strict).toBe('2026-12-01');
  });
});
