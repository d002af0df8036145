import { rolesOf } from './roles-of';

describe('the roles of a login', () => {
  it('are those that we know', () => {
    expect(rolesOf(['godkender', 'borgmester', 'sagsbehandler'])).toEqual(['sagsbehandler', 'godkender']);
    expect(rolesOf('arkivar')).toEqual([]);
  });

  it('of a data protection officer are that one alone, whatever else the login says', () => {
    expect(rolesOf(['godkender', 'dpo', 'arkivar'])).toEqual(['dpo']);
  });
});
