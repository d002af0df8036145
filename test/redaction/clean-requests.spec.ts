import { cleanRequests } from './clean-requests';

describe('twenty requests in which nothing is wrong', () => {
  const requests = cleanRequests();

  it('are twenty', () => expect(requests).toHaveLength(20));

  it.each(requests)('raise no alarm: %s', (_name, request) => {
    expect(request.misfiled()).toEqual([]);
    expect(
      request
        .inconsistent()
        .map(
          ({ text, groupId, seenAt, removedAt }) =>
            `${text} in ${groupId} (${seenAt[0].kind}), gone as ${removedAt.text}`,
        ),
    ).toEqual([]);
  });
});
