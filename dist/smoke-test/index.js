// Made by `npm run build`; do not edit.
import { smokeTest } from '../core/index.js';

await smokeTest();
