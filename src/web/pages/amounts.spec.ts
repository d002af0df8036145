import { counted, fileSize, hashGroups, workingDaysLeft } from './amounts';

describe('amounts on pages', () => {
  it('count in words with the right number of the noun', () => {
    expect(counted(1, 'side', 'sider')).toBe('1 side');
    expect(counted(1234, 'side', 'sider')).toBe('1.234 sider');
  });

  it('give sizes as people read them', () => {
    expect([fileSize(999), fileSize(84_400), fileSize(12_400_000), fileSize(2_500_000_000)]).toEqual([
      '999 byte',
      '84 kB',
      '12,4 MB',
      '2,5 GB',
    ]);
  });

  it('say how a deadline stands before, on and after its day', () => {
    expect([workingDaysLeft(5), workingDaysLeft(1), workingDaysLeft(0), workingDaysLeft(-1)]).toEqual([
      '5 arbejdsdage tilbage',
      '1 arbejdsdag tilbage',
      'sidste dag i dag',
      '1 arbejdsdag over fristen',
    ]);
  });

  it('group a hash without losing a sign', () => {
    expect(hashGroups('0123456789abcdef')).toBe('01234567 89abcdef');
  });
});
