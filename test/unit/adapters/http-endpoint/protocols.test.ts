/** One model behind servers that speak differently: the same verdicts. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answerTo, LABELS, makeScene, ROWS, type Row } from '../../actions/smoke-test/scene.ts';

type Server = (body: string, response: ServerResponse) => void;
type Predict = (rows: readonly Row[]) => ReturnType<typeof answerTo>;

const honest: Predict = answerTo;
const wrong: Predict = (rows) => ({
  ...answerTo(rows),
  probabilities: answerTo(rows).probabilities.map(([a = 0]) => [a * 0.9, 1 - a * 0.9]),
});

const json = (response: ServerResponse, value: unknown, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

const predictions =
  (predict: Predict): Server =>
  (body, response) =>
    json(response, predict((JSON.parse(body) as { instances: Row[] }).instances));

interface V2Request {
  readonly inputs: readonly {
    readonly name: string;
    readonly shape: number[];
    readonly datatype: string;
    readonly data: number[];
  }[];
}

/** As KServe's runtimes answer: outputs under names of their own, flat data. */
const kserve =
  (predict: Predict): Server =>
  (body, response) => {
    const [input] = (JSON.parse(body) as V2Request).inputs;
    if (input?.name !== 'X' || input.datatype !== 'FP32') return json(response, { error: 'no input X' }, 400);
    const rows = Array.from({ length: input.shape[0] ?? 0 }, (_, at) => input.data.slice(2 * at, 2 * at + 2));
    const { predictions: labels, probabilities } = predict(rows);
    return json(response, {
      model_name: 'churn',
      outputs: [
        { name: 'label', shape: [rows.length], datatype: 'INT64', data: labels },
        { name: 'scores', shape: [rows.length, 2], datatype: 'FP32', data: probabilities.flat() },
      ],
    });
  };

const csv =
  (predict: Predict): Server =>
  (body, response) => {
    const rows = body.split('\n').map((line) => line.split(',').map(Number));
    response.writeHead(200, { 'content-type': 'text/csv' }).end(
      predict(rows)
        .probabilities.map((row) => row.join(','))
        .join('\n'),
    );
  };

/** As a handler for PyTorch answers: a list of objects, nothing that is called predictions. */
const pytorch =
  (predict: Predict): Server =>
  (body, response) => {
    const { predictions: labels, probabilities } = predict(
      (JSON.parse(body) as { instances: Row[] }).instances,
    );
    json(
      response,
      labels.map((label, at) => ({ label: label === 1 ? 'stays' : 'leaves', scores: probabilities[at] })),
    );
  };

async function serve(server: Server): Promise<string> {
  const http = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => server(body, response));
  });
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
}

async function verdict(server: Server, inputs: Record<string, string>, cases?: object) {
  const scene = await makeScene();
  if (cases) await writeFile(join(scene.folder, 'cases.json'), JSON.stringify(cases));
  const error = await scene.run({ 'endpoint-url': await serve(server), cases: 'cases.json', ...inputs }).then(
    () => '',
    (thrown: unknown) => String(thrown),
  );
  return { error, outputs: scene.ports.outputs, log: scene.ports.log.text };
}

const ONNX = { 'model-path': 'reference.onnx', 'min-accuracy': '0.95' };
const RECORDED = {
  instances: ROWS,
  expected: {
    '$[*].label': LABELS.map((label) => (label === 1 ? 'stays' : 'leaves')),
    '$[*].scores': answerTo(ROWS).probabilities,
  },
  tolerances: { '$[*].scores': { rtol: 0, atol: 1e-3 } },
};

describe('the same model', () => {
  it.each([
    ['a predictions server', predictions, { ...ONNX }, undefined, 120],
    ['a KServe V2 server', kserve, { ...ONNX, protocol: 'v2' }, undefined, 120],
    [
      'a CSV server of probabilities',
      csv,
      { 'model-path': 'reference.onnx', protocol: 'csv' },
      undefined,
      80,
    ],
    ['a PyTorch-like answer, recorded', pytorch, { reference: 'recorded' }, RECORDED, 120],
  ] as const)(
    'behind %s passes, and fails where its probabilities are wrong',
    async (_name, server, inputs, cases, compared) => {
      const good = await verdict(server(honest), inputs, cases);
      expect(good.error).toBe('');
      expect(good.outputs).toMatchObject({ passed: 'true', compared: String(compared), mismatches: '0' });
      const bad = await verdict(server(wrong), inputs, cases);
      expect(bad.error).toMatch(
        new RegExp(`80 of ${compared} values, in 40 of 40 rows, differ from the reference`),
      );
    },
  );

  it('is mapped by shape where the fields have names of their own, and says so', async () => {
    const renamed: Server = (body, response) => {
      const { predictions: labels, probabilities } = honest(
        (JSON.parse(body) as { instances: Row[] }).instances,
      );
      json(response, { model: 'churn', classes: labels, confidence: probabilities });
    };
    const { error, log } = await verdict(renamed, ONNX);
    expect(error).toBe('');
    expect(log).toContain('classes <- label (the only other field with 1 number a row)');
    expect(log).toContain('confidence <- scores (the only other field with 2 numbers a row)');
  });

  it('is found by JSONPath in output-map', async () => {
    const { error, outputs } = await verdict(pytorch(honest), {
      'model-path': 'reference.onnx',
      'output-map': '$[*].scores=scores',
    });
    expect(error).toBe('');
    expect(outputs.compared).toBe('80');
  });

  it('is tested with raw bodies, one a case', async () => {
    const sentiment: Server = (body, response) => {
      const { inputs } = JSON.parse(body) as { inputs: string };
      const isGood = inputs.includes('good');
      json(response, [[{ label: isGood ? 'POSITIVE' : 'NEGATIVE', score: isGood ? 0.98 : 0.91 }]]);
    };
    const cases = (label: string) => ({
      instances: [{ inputs: 'a good day' }, { inputs: 'a bad day' }],
      expected: { '$[0][0].label': ['POSITIVE', label], '$[0][0].score': [0.9801, 0.91] },
      tolerances: { '$[0][0].score': { atol: 0.001 } },
    });
    const inputs = { reference: 'recorded', protocol: 'raw' };
    expect((await verdict(sentiment, inputs, cases('NEGATIVE'))).error).toBe('');
    expect((await verdict(sentiment, inputs, cases('NEUTRAL'))).error).toContain(
      '1 of 4 values, in 1 of 2 rows',
    );
  });
});

describe('an endpoint that streams 50 MB', () => {
  it('is a clear verdict, and little of it is read', async () => {
    let most = 0;
    const chunk = Buffer.alloc(1024 * 1024, '[');
    const endless: Server = (_body, response) => {
      let sent = 0;
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        while (sent < 50e6) {
          sent += chunk.length;
          most = Math.max(most, sent);
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    };
    const { error } = await verdict(endless, { ...ONNX, warmup: '0', requests: '1' });
    expect(error).toMatch(/sends more than 26214400 bytes/);
    expect(most).toBeLessThan(50e6);
  });
});
