// Made by `npm run build`; do not edit.
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.log(
    `::error::ml-deploy needs Node 24 or newer; this is Node ${process.versions.node}. ` +
      "GitHub's runner brings it from version 2.327.1 on: update the runner, or start the action with a newer Node.",
  );
  process.exit(1);
}
const { modelProcess } = await import('../core/index.js');

await modelProcess();
