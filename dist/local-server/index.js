// Made by `npm run build`; do not edit.
import { localServer } from '../core/index.js';

await localServer();
