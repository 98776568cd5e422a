// Made by `npm run build`; do not edit.
import { notifySlack } from '../core/index.js';

await notifySlack();
