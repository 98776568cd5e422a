// Made by `npm run build`; do not edit.
import { resolve } from '../core/index.js';

await resolve();
