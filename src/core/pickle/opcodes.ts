/**
 * What each opcode of a pickle does to the machine, and how many bytes belong to it:
 * https://github.com/python/cpython/blob/3.13/Lib/pickletools.py
 */
import type { ByteSource } from './byte-source.ts';
import type { Machine } from './scan-pickle.ts';
import { MARK, OTHER, textValue, tupleOf } from './values.ts';

type Step = (machine: Machine, source: ByteSource) => Promise<void> | undefined;

/** By opcode. A promise if bytes had to be waited for. */
export const STEPS: (Step | undefined)[] = [];
const at = (codes: string | readonly number[], step: Step) => {
  const list = typeof codes === 'string' ? Array.from(codes, (sign) => sign.charCodeAt(0)) : codes;
  for (const code of list) STEPS[code] = step;
};
const now =
  (act: (machine: Machine) => void): Step =>
  (machine) => {
    act(machine);
    return undefined;
  };
const LENGTHS: Readonly<Record<number, (bytes: Buffer) => number>> = {
  1: (bytes) => bytes.readUInt8(),
  2: (bytes) => bytes.readUInt16LE(),
  4: (bytes) => bytes.readUInt32LE(),
  8: (bytes) => Number(bytes.readBigUInt64LE()),
};
const number = async (source: ByteSource, size: number) => LENGTHS[size]?.(await source.take(size)) ?? 0;

/** Bytes whose content says nothing. */
const skipping =
  (size: number): Step =>
  async (machine, source) => {
    await source.skip(await number(source, size));
    machine.push(OTHER);
  };
const text =
  (size: number, encoding: BufferEncoding): Step =>
  async (machine, source) => {
    const length = await number(source, size);
    if (length > 4096) {
      await source.skip(length);
      machine.push(OTHER);
    } else machine.push(textValue((await source.take(length)).toString(encoding)));
  };
const unquoted = (line: string) => line.replace(/^(['"])(.*)\1$/, '$2');

at(
  '(',
  now((m) => m.push(MARK)),
);
at(
  '0',
  now((m) => void m.pop()),
);
at(
  '1',
  now((m) => void m.group()),
);
at(
  '2',
  now((m) => m.push(m.top() ?? OTHER)),
);
at(
  'N',
  now((m) => m.push(OTHER)),
);
at(
  [0x88, 0x89, 0x97],
  now((m) => m.push(OTHER)),
);
at(
  [0x98],
  now(() => undefined),
);
at('FL', async (m, s) => {
  await s.line();
  m.push(OTHER);
});
at('I', async (m, s) => m.push(Number(await s.line()) || 0));
at('J', async (m, s) => m.push((await s.take(4)).readInt32LE()));
at('K', async (m, s) => m.push(await number(s, 1)));
at('M', async (m, s) => m.push(await number(s, 2)));
at('G', async (m, s) => {
  await s.skip(8);
  m.push(OTHER);
});
at([0x8a], skipping(1));
at([0x8b], skipping(4));
at('B', skipping(4));
at('C', skipping(1));
at([0x8e, 0x96], skipping(8));
at('S', async (m, s) => m.push(textValue(unquoted(await s.line()))));
at('V', async (m, s) => m.push(textValue(await s.line())));
at('T', text(4, 'latin1'));
at('U', text(1, 'latin1'));
at('X', text(4, 'utf8'));
at([0x8c], text(1, 'utf8'));
at([0x8d], text(8, 'utf8'));
at(
  ')',
  now((m) => m.push(tupleOf([]))),
);
at(
  't',
  now((m) => m.push(tupleOf(m.group()))),
);
for (const size of [1, 2, 3]) {
  at(
    [0x84 + size],
    now((m) => m.push(tupleOf(Array.from({ length: size }, () => m.pop()).reverse()))),
  );
}
at(
  ']',
  now((m) => m.push(OTHER)),
);
at(
  [0x8f],
  now((m) => m.push(OTHER)),
);
at(
  'e',
  now((m) => void m.group()),
);
at(
  [0x90],
  now((m) => void m.group()),
);
for (const codes of ['l', [0x91]]) {
  at(
    codes,
    now((m) => {
      m.group();
      m.push(OTHER);
    }),
  );
}
at(
  'a',
  now((m) => void m.pop()),
);
at(
  '}',
  now((m) => m.push({ kind: 'dict', entries: new Map() })),
);
at(
  'd',
  now((m) => {
    const items = m.group();
    m.push({ kind: 'dict', entries: new Map() });
    m.set(items);
  }),
);
at(
  's',
  now((m) => {
    const value = m.pop();
    m.set([m.pop(), value]);
  }),
);
at(
  'u',
  now((m) => m.set(m.group())),
);
at('c', async (m, s) => {
  const module = await s.line();
  m.global(module, await s.line());
});
at(
  [0x93],
  now((m) => {
    const name = m.pop();
    m.global(m.pop(), name);
  }),
);
at('i', async (m, s) => {
  const module = await s.line();
  const name = await s.line();
  const args = tupleOf(m.group());
  m.global(module, name);
  m.make(m.pop(), args);
});
at(
  'o',
  now((m) => {
    const [maker = OTHER, ...args] = m.group();
    m.make(maker, tupleOf(args));
  }),
);
at(
  'R',
  now((m) => {
    const args = m.pop();
    m.make(m.pop(), args);
  }),
);
at(
  [0x81],
  now((m) => {
    const args = m.pop();
    m.make(m.pop(), args);
  }),
);
at(
  [0x92],
  now((m) => {
    m.pop();
    const args = m.pop();
    m.make(m.pop(), args);
  }),
);
at('b', (m) => m.build());
at('P', async (m, s) => {
  await s.line();
  m.push(OTHER);
});
at(
  'Q',
  now((m) => {
    m.pop();
    m.push(OTHER);
  }),
);
for (const [code, size] of [
  [0x82, 1],
  [0x83, 2],
  [0x84, 4],
] as const) {
  // A number of the reader's own registry: what it means is not in the file.
  at([code], async (m, s) => {
    await s.skip(size);
    m.global(OTHER, OTHER);
  });
}
at('p', async (m, s) => m.keep(Number(await s.line())));
at('q', async (m, s) => m.keep(await number(s, 1)));
at('r', async (m, s) => m.keep(await number(s, 4)));
at(
  [0x94],
  now((m) => m.keep()),
);
at('g', async (m, s) => m.recall(Number(await s.line())));
at('h', async (m, s) => m.recall(await number(s, 1)));
at('j', async (m, s) => m.recall(await number(s, 4)));
at([0x80], async (m, s) => {
  m.protocol(await number(s, 1));
});
at([0x95], async (_, s) => s.skip(8));
