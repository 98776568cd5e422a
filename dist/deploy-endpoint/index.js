// Made by `npm run build`; do not edit.
import { deployEndpoint } from '../core/index.js';

await deployEndpoint();
