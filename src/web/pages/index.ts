export { assetFile, assetRoots } from './assets';
export { Pages } from './pages';
export { refusal } from './refusals';
