/** `{"instances": [row, …]}`, answered with `{"predictions": […], "probabilities": [[…], …]}`. */
import { writeJson } from '../../exact-json.ts';
import { decodeJson } from '../decode.ts';
import type { Protocol, RequestBody } from './protocol.ts';

const JSON_TYPE = 'application/json';

function bodyOf(content: string): RequestBody {
  return { content, contentType: JSON_TYPE };
}

export const instancesProtocol: Protocol = {
  name: 'instances',
  maxRows: Infinity,
  encode: (rows) => bodyOf(writeJson({ instances: rows })),
  decode: (answer) => decodeJson(answer),
  malformed: bodyOf('{"instances": [['),
  noRows: bodyOf('{"instances":[]}'),
};
