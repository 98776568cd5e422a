/** Strongly connected components (Tarjan), without recursion: graphs here have hundreds of thousands of nodes. */
export function components(out: readonly (readonly number[])[]): Int32Array {
  const size = out.length;
  const index = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const component = new Int32Array(size).fill(-1);
  const stack: number[] = [];
  let found = 0;
  let visited = 0;
  for (let root = 0; root < size; root++) {
    if (index[root] !== -1) continue;
    const work: { node: number; edge: number }[] = [{ node: root, edge: 0 }];
    while (work.length > 0) {
      const top = work.at(-1)!;
      const { node } = top;
      if (top.edge === 0) {
        index[node] = low[node] = visited++;
        stack.push(node);
      }
      const to = out[node]![top.edge];
      if (to !== undefined) {
        top.edge++;
        if (index[to] === -1) work.push({ node: to, edge: 0 });
        else if (component[to] === -1) low[node] = Math.min(low[node]!, index[to]!);
        continue;
      }
      work.pop();
      const parent = work.at(-1)?.node;
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
      if (low[node] !== index[node]) continue;
      let member: number;
      do {
        member = stack.pop()!;
        component[member] = found;
      } while (member !== node);
      found++;
    }
  }
  return component;
}
