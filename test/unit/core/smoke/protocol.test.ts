import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { JsonValue } from '../../../../src/core/exact-json.ts';
import { createProtocol } from '../../../../src/core/smoke/protocol/create-protocol.ts';
import type { ProtocolName, ProtocolOptions } from '../../../../src/core/smoke/protocol/protocol.ts';

const OPTIONS: ProtocolOptions = { signature: null, wholeTensors: false, contentType: null, folder: '/' };
const protocolOf = (name: ProtocolName, more: Partial<ProtocolOptions> = {}) =>
  createProtocol(name, { ...OPTIONS, ...more });

async function encode(name: ProtocolName, rows: readonly JsonValue[], more: Partial<ProtocolOptions> = {}) {
  const { content, contentType } = await (await protocolOf(name, more)).encode(rows);
  return { content: Buffer.from(content).toString(), contentType };
}

async function decode(
  name: ProtocolName,
  body: string,
  rows: number,
  {
    type = 'application/json',
    status = 200,
    ...more
  }: Partial<ProtocolOptions> & { type?: string; status?: number } = {},
) {
  const answer = { status, contentType: type, body: Buffer.from(body), latencyMs: 1, version: null };
  return (await protocolOf(name, more)).decode(answer, rows);
}

describe('v2', () => {
  const signature = {
    inputs: [
      { name: 'x', type: 'float32', shape: ['N', 2] },
      { name: 'id', type: 'int64', shape: ['N'] },
    ],
    outputs: [],
  } as const;

  it('names and types its tensors as the model does', async () => {
    const rows = [
      { x: [1, 2], id: 9007199254740993n },
      { x: [3, 4], id: 2 },
    ];
    const { content } = await encode('v2', rows, { signature });
    expect(content).toBe(
      '{"inputs":[{"name":"x","shape":[2,2],"datatype":"FP32","data":[1,2,3,4]},' +
        '{"name":"id","shape":[2],"datatype":"INT64","data":[9007199254740993,2]}]}',
    );
  });

  it('guesses from the rows where there is no model', async () => {
    const inputs = async (rows: readonly JsonValue[]) =>
      (JSON.parse((await encode('v2', rows)).content) as { inputs: unknown }).inputs;
    expect(await inputs([[1, 2.5]])).toEqual([
      { name: 'input-0', shape: [1, 2], datatype: 'FP32', data: [1, 2.5] },
    ]);
    expect(await inputs([{ age: 41, plan: 'basic', ok: true }])).toEqual([
      { name: 'age', shape: [1], datatype: 'INT64', data: [41] },
      { name: 'plan', shape: [1], datatype: 'BYTES', data: ['basic'] },
      { name: 'ok', shape: [1], datatype: 'BOOL', data: [true] },
    ]);
    expect(await inputs([[1], [null]])).toEqual([
      { name: 'input-0', shape: [2, 1], datatype: 'FP32', data: [1, 'NaN'] },
    ]);
    await expect(encode('v2', [[1, 'a']])).rejects.toThrow('have several types');
  });

  it('reads tensors as rows, or whole', async () => {
    const body = JSON.stringify({
      outputs: [
        { name: 'label', shape: [2], datatype: 'INT64', data: [0, 1] },
        { name: 'p', shape: [2, 2], datatype: 'FP32', data: [0.1, 0.9, 0.4, 0.6] },
        { name: 'once', shape: [1], datatype: 'FP32', data: [7] },
      ],
    });
    expect(await decode('v2', body, 2)).toMatchObject({
      fields: {
        label: [0, 1],
        p: [
          [0.1, 0.9],
          [0.4, 0.6],
        ],
        once: [7],
      },
      shapes: { label: [2], p: [2, 2], once: [1] },
    });
    expect(await decode('v2', body, 1, { wholeTensors: true })).toMatchObject({
      fields: { label: [[0, 1]], p: [[0.1, 0.9, 0.4, 0.6]] },
    });
  });

  it.each([
    ['{"predictions": [1]}', 'without "outputs", which protocol v2 has (its fields: predictions)'],
    ['{"outputs": [{"name": "y"}]}', 'an output that is not a tensor: {"name":"y"}'],
    ['[', 'that is not JSON'],
  ])('says what is wrong with %s', async (body, failure) => {
    expect((await decode('v2', body, 1)).failure).toContain(failure);
  });
});

describe('csv', () => {
  it('writes one row a line, quoted where it must be', async () => {
    expect(await encode('csv', [[1, 'a,"b"', true], { x: 2.5, y: 9007199254740993n }])).toEqual({
      content: '1,"a,""b""",true\n2.5,9007199254740993',
      contentType: 'text/csv',
    });
    await expect(encode('csv', [[[1]]])).rejects.toThrow('only flat rows');
  });

  it.each([
    ['0.25\n0.75\n', 2, [0.25, 0.75]],
    ['0.25,0.75', 2, [0.25, 0.75]],
    ['0.25,0.75', 1, [[0.25, 0.75]]],
    [
      '0,0.9\n1,0.8',
      2,
      [
        [0, 0.9],
        [1, 0.8],
      ],
    ],
    ['yes\nno', 2, ['yes', 'no']],
  ])('reads %j for %i rows', async (body, rows, predictions) => {
    expect((await decode('csv', body, rows, { type: 'text/csv' })).fields).toEqual({ predictions });
  });

  it('reads JSON, and says what is neither', async () => {
    expect((await decode('csv', '{"predictions":[1]}', 1)).fields).toEqual({ predictions: [1] });
    expect((await decode('csv', '', 1, { type: 'text/csv' })).failure).toBe('answered an empty body');
    expect((await decode('csv', '"', 1, { type: 'text/csv' })).failure).toContain('that is not CSV');
    expect((await decode('csv', 'x', 1, { status: 500 })).failure).toBe('answered HTTP 500: x');
  });
});

describe('raw', () => {
  it('sends each case as it is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'raw-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'cat.jpg'), 'JPEG');
    const sent = (row: JsonValue, contentType: string | null = null) =>
      encode('raw', [row], { folder, contentType });
    expect(await sent('hello')).toEqual({ content: 'hello', contentType: 'application/octet-stream' });
    expect(await sent({ inputs: 'hello' })).toEqual({
      content: '{"inputs":"hello"}',
      contentType: 'application/json',
    });
    expect(await sent({ base64: 'SlBFRw==' }, 'image/jpeg')).toEqual({
      content: 'JPEG',
      contentType: 'image/jpeg',
    });
    expect((await sent({ file: 'cat.jpg' })).content).toBe('JPEG');
    await expect(sent({ file: 'dog.jpg' })).rejects.toThrow(/cannot be read: ENOENT/);
  });

  it('takes the answer as it is: each field is what the one row gets', async () => {
    expect((await decode('raw', '{"label":"cat","score":0.9}', 1)).fields).toEqual({
      label: ['cat'],
      score: [0.9],
    });
    expect((await decode('raw', '[1,2]', 1)).fields).toEqual({ predictions: [[1, 2]] });
    expect(await decode('raw', 'cat', 1, { type: 'text/plain' })).toMatchObject({ document: 'cat' });
  });
});
