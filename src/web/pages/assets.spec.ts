import { assetFile } from './assets';

describe('files under /assets/', () => {
  it.each(['css/dkfds.min.css', 'js/dkfds.min.js', 'img/all-svg-icons.svg', 'img/svg-icons/check.svg'])(
    'gives out %s of the design system',
    (path) => expect(assetFile(`/assets/dkfds/${path}`)).toMatch(new RegExp(`dkfds/dist/${path}$`)),
  );

  it.each([
    '/assets/dkfds/css/dkfds.css',
    '/assets/dkfds/../package.json',
    '/assets/dkfds/img/svg-icons/../../../package.json',
    '/assets/klient/../main.js',
    '/assets/klient/start.js.map',
    '/assets/stil/%2e%2e/layout.njk',
    '/assets/ukendt/start.js',
  ])('gives out nothing for %s', (address) => expect(assetFile(address)).toBeNull());
});
