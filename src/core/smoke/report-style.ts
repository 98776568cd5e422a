/** The page's style, light and dark. */
import { Html } from './html.ts';

export const PAGE_STYLE = new Html(`
:root { color-scheme: light dark; --line: #8884; --good: #1a7f37; --bad: #cf222e; }
@media (prefers-color-scheme: dark) { :root { --good: #3fb950; --bad: #ff7b72; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1rem; font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header { border-left: .4rem solid; padding-left: 1rem; }
header.passed { border-color: var(--good); }
header.failed { border-color: var(--bad); }
span.passed { color: var(--good); }
span.failed { color: var(--bad); font-weight: bold; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 1.8rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1rem 0 .3rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; overflow-wrap: normal; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; }
figure.chart { margin: 1rem 0; }
figure.chart div { position: relative; height: 19rem; }
figcaption { font-weight: bold; }
pre { overflow-x: auto; font: .85rem/1.4 ui-monospace, monospace; border: 1px solid var(--line); padding: .5rem; }
code { font: .9em ui-monospace, monospace; }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .3rem 1rem; margin: 0; }
dt { font-weight: bold; }
dd { margin: 0; }
ul.input { columns: 16rem; padding-left: 1.2rem; }
@media (max-width: 34rem) {
  thead { display: none; }
  tr { display: block; border-bottom: 1px solid var(--line); padding: .3rem 0; }
  td { display: flex; gap: .8rem; border: 0; padding: .15rem 0; }
  td:empty { display: none; }
  td::before { content: attr(data-name); flex: 0 0 7rem; color: color-mix(in srgb, currentcolor 65%, transparent); }
  td[data-name='']::before { content: none; }
}
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
`);
