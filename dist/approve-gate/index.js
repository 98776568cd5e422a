// Made by `npm run build`; do not edit.
import { approveGate } from '../core/index.js';

await approveGate();
