// Made by `npm run build`; do not edit.
import { deployEndpointPost } from '../core/index.js';

await deployEndpointPost();
