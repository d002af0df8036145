export { withModelNames } from './add-model-names';
export { TransformerNameModel, type ModelName } from './name-model';
