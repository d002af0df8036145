/**
 * True when a login belongs to an employee of the authority. A login server of one municipality may leave the CVR number
 * out; where several authorities share this program, silence says nothing and lets nobody in.
 */
export function isEmployeeOf(ownCvr: string, claimedCvr: unknown, authorities: number): boolean {
  return claimedCvr === undefined ? authorities === 1 : claimedCvr === ownCvr;
}
