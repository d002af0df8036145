import type { Citizen } from '../../src/sandbox/municipality/citizens';
import type { AccessRequest, RequestScope } from '../../src/requests/request.entity';
import type { Carrier } from './carry-request';

/** A request that went the whole way: asked for, reviewed, signed, delivered or known to be undeliverable. */
export async function answeredRequest(
  carrier: Carrier,
  citizen: Citizen,
  scope: RequestScope = { kind: 'whole-file' },
): Promise<AccessRequest> {
  const caseworker = await carrier.staff('mette', ['sagsbehandler']);
  const approver = await carrier.staff('jens', ['godkender']);
  const asked = await carrier.ask(citizen, { scope });
  await carrier.waitFor(asked.id, ['review']);
  await carrier.review(asked.id, caseworker);
  await carrier.waitFor(asked.id, ['ready']);
  await carrier.sign(asked.id, approver);
  return carrier.waitFor(asked.id, ['delivered', 'undeliverable']);
}
