/** What holds for every document: exact reading, with every problem and its place, and canonical writing. */
import { describe, expect, it } from 'vitest';
import { parseApprovedPlan, writeApprovedPlan, approvedPlan } from '../../../src/documents/approved-plan.ts';
import {
  APPROVAL_USE_SCHEMA,
  parseApprovalUse,
  writeApprovalUse,
} from '../../../src/documents/approval-use.ts';
import { parseState, STATE_SCHEMA, stateText } from '../../../src/documents/local-state.ts';
import { MANIFEST_SCHEMA, manifestText, parseManifest } from '../../../src/documents/manifest.ts';
import { NEWEST_SCHEMA, parseNewest, writeNewest } from '../../../src/documents/newest-release.ts';
import { parseRelease } from '../../../src/documents/release-record.ts';
import { PAYLOAD_SCHEMA, parsePayload } from '../../../src/documents/request-payload.ts';
import { NOTE_SCHEMA, noteText, parseNote } from '../../../src/documents/version-note.ts';
import { contentDigest } from '../../../src/core/archive/content-tree.ts';
import { canonicalJson, sha256 } from '../../../src/core/canonical-json.ts';
import { messageOf } from '../../../src/core/errors.ts';
import { packagedRelease } from '../../../src/core/release/packaged-release.ts';
import { fakePlan } from '../../fakes/plan.ts';
import { fakeContext } from '../../fakes/ports.ts';

const digest = sha256('one');
const at = '2026-01-02T03:04:05.000Z';
const facts = {
  version: digest,
  modelDigest: digest,
  imageDigest: null,
  referenceDigest: null,
  referenceUrl: null,
  planDigest: digest,
  release: null,
  deployedAt: at,
  served: true,
  verified: false,
};
const files = [{ path: 'model.onnx', mode: '644', size: 3, sha256: digest }] as const;
const model = {
  digest,
  url: 'file:///m',
  sha256: digest,
  bytes: 3,
  framework: 'onnx',
  frameworkVersion: null,
  signature: null,
};
const plan = fakePlan();
const use = {
  schema: APPROVAL_USE_SCHEMA,
  planDigest: digest,
  version: digest,
  endpoint: 'churn',
  run: '',
  at,
} as const;
const newest = {
  schema: NEWEST_SCHEMA,
  repository: 'acme/churn',
  environment: 'prod',
  model: null,
  release: digest,
  at,
} as const;
const manifest = {
  schema: MANIFEST_SCHEMA,
  digest: contentDigest(files),
  sha256: digest,
  bytes: 3,
  compression: 'gzip',
  framework: 'onnx',
  frameworkVersion: null,
  packer: 'ml-deploy',
  files,
  signature: { inputs: [{ name: 'x', type: 'float32', shape: ['n', 4] }], outputs: [] },
} as const;
const state = {
  schema: STATE_SCHEMA,
  endpoint: 'churn',
  port: 1,
  pid: 2,
  generation: 3,
  live: digest,
  versions: [{ ...facts, environmentName: null, withdrawn: false }],
  candidates: [],
  rollback: null,
} as const;
const payload = {
  schema: PAYLOAD_SCHEMA,
  repository: 'acme/churn',
  environment: 'prod',
  issue: 7,
  title: 'Approve churn',
  bodyDigest: digest,
  comment: 8,
  plan,
  evidence: null,
  initiators: ['olga'],
  accounts: { alice: 7 },
  runUrl: '',
  commit: '',
  remindAt: null,
  expiresAt: at,
} as const;
const votes = [{ login: 'olga', at, url: '' }];

/** Each reader: the document, or a text that says what is wrong. */
interface Document {
  readonly name: string;
  readonly value: object;
  readonly text: string;
  readonly read: (text: string) => unknown;
}

function orProblem(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return messageOf(error);
  }
}

const release = packagedRelease(model, { digest, url: 'file:///r' }, fakeContext, new Date(0));
const note = { ...facts, withdrawn: false, ours: true };
const DOCUMENTS: readonly Document[] = [
  {
    name: 'plan',
    value: plan,
    text: canonicalJson(plan),
    read: (text) => parseApprovedPlan(text, 'it').plan,
  },
  {
    name: 'approved plan',
    value: approvedPlan(plan, votes),
    text: writeApprovedPlan(approvedPlan(plan, votes)),
    read: (text) => {
      const { plan: read, approval } = parseApprovedPlan(text, 'it');
      return { ...read, approval };
    },
  },
  {
    name: 'release record',
    value: release,
    text: canonicalJson(release),
    read: (text) => parseRelease(text, { label: 'it' }),
  },
  {
    name: 'manifest',
    value: manifest,
    text: manifestText(manifest),
    read: (text) => parseManifest(text, manifest.digest) ?? 'is no manifest',
  },
  {
    name: 'request payload',
    value: payload,
    text: canonicalJson(payload),
    read: (text) => parsePayload(JSON.parse(text)) ?? 'it is not a request',
  },
  {
    name: 'version note',
    value: { schema: NOTE_SCHEMA, ...note },
    text: noteText(note),
    read: (text) => {
      const read = parseNote(text);
      return 'problem' in read ? read.problem : read;
    },
  },
  {
    name: 'local state',
    value: state,
    text: stateText(state),
    read: (text) => {
      const read = parseState(text, 'churn');
      return 'problem' in read ? read.problem : read.value;
    },
  },
  {
    name: 'approval use',
    value: use,
    text: writeApprovalUse(use),
    read: (text) => parseApprovalUse(text, 'it'),
  },
  {
    name: 'newest release',
    value: newest,
    text: writeNewest(newest),
    read: (text) => parseNewest(text, 'it'),
  },
];

describe.each(DOCUMENTS)('the $name', ({ name, value, text, read }) => {
  const schema = (value as { readonly schema: string }).schema;

  it('comes back as it was written, in canonical JSON', () => {
    expect(text).toBe(canonicalJson(value));
    expect(read(text)).toEqual(value);
  });

  it.each(Object.keys(value).filter((key) => key !== 'schema' && key !== 'approval'))(
    'is refused without %s',
    (key) => {
      const { [key]: _, ...rest } = value as Record<string, unknown>;
      const said = orProblem(() => read(canonicalJson(rest)));
      expect(said).toEqual(
        expect.stringMatching(name === 'manifest' ? 'is no manifest' : `\\b${key} is missing`),
      );
    },
  );

  it('is refused with a key that this version does not know', () => {
    const said = orProblem(() => read(canonicalJson({ ...value, surprise: 1 })));
    expect(said).toEqual(
      expect.stringMatching(name === 'manifest' ? 'is no manifest' : 'surprise is not known'),
    );
  });

  it('is refused in another version, with what to do', () => {
    const other = schema.replace(/v\d+$/, 'v0');
    const said = orProblem(() => read(canonicalJson({ ...value, schema: other })));
    if (name === 'manifest') expect(said).toBe('is no manifest');
    else {
      expect(said).toEqual(expect.stringContaining(`is "${other}", and this version reads "${schema}"`));
      // The state of a local endpoint says it where the file is named.
      if (name !== 'local state')
        expect(said).toMatch(/(Make|Plan|plan|package|Release|Deploy|Give)[^.]*\.$/);
    }
  });

  it('is refused as anything else', () => {
    for (const wrong of ['[]', '7', '{}', '{"schema":"other/v1"}']) {
      const said = orProblem(() => read(wrong));
      expect(said).toEqual(expect.stringMatching(/\bnot (a|the)\b|is no manifest/));
    }
  });
});
