// Made by `npm run build`; do not edit.
import { packageModel } from '../core/index.js';

await packageModel();
