// Made by `npm run build`; do not edit.
import { pushImage } from '../core/index.js';

await pushImage();
