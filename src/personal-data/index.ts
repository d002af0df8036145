export { detect, detectInRequest, type RequestText } from './detect';
