import { faultOfReason } from './late-notice';

describe('the reason of a late notice', () => {
  it.each([
    'at der er 812 sider i fire systemer, og at de skal læses igennem for oplysninger om andre',
    'at papirsagen fra 2006 skal hentes i fjernarkivet og scannes, før vi kan gå den igennem',
    'at flere dokumenter handler om dine børn, og at hvert sted skal vurderes for sig',
  ])('is concrete when it tells size, place or kind of work: %s', (reason) => expect(faultOfReason(reason)).toBeNull());

  it.each([
    'vi har meget travlt i øjeblikket og beder om din tålmodighed',
    'der er sygdom og mangel på ressourcer i afdelingen nu',
  ])('is none when it only says that we are busy: %s', (reason) =>
    expect(faultOfReason(reason)).toContain('Travlhed er ikke grund nok'),
  );

  it('is none when it says nothing', () => {
    expect(faultOfReason('det tager tid')).toContain('for kort');
    expect(faultOfReason('det tager desværre noget længere end ellers')).toContain('Skriv konkret');
  });
});
