// Made by `npm run build`; do not edit.
import { approveGatePost } from '../core/index.js';

await approveGatePost();
