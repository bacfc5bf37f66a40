"""How the HTML summary looks: a sheet of A4 on a desk, by day and by night, and on the printer."""

from __future__ import annotations

_LIGHT = """\
  --desk: #e9e6df; --sheet: #fffdf9; --ink: #23211d; --soft: #6d685f; --line: #ddd7cb;
  --band: #f6f2ea; --accent: #8a6a2f; --good: #3e7352; --bad: #ad3327; --bad-band: #fbeeea;
  --good-band: #edf4ee; --came: #b9a67e; --shadow: 0 1px 2px #0001, 0 12px 40px #0000001a;"""

_DARK = """\
  --desk: #131210; --sheet: #1d1b18; --ink: #ece7dd; --soft: #a39c8f; --line: #3a362f;
  --band: #26231f; --accent: #d3ad68; --good: #83bd97; --bad: #f08a7c; --bad-band: #37211e;
  --good-band: #1f2d24; --came: #8d7a50; --shadow: none;"""

_RULES = """\
* { box-sizing: border-box; }
html { color-scheme: light dark; }
body { margin: 0; padding: 2.5rem 1rem; background: var(--desk); color: var(--ink);
  font: 14px/1.55 "Helvetica Neue", "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC",
    "Noto Sans SC", "Source Han Sans SC", Arial, sans-serif;
  overflow-wrap: break-word; font-variant-numeric: tabular-nums; }
main { max-width: 52rem; margin: 0 auto; padding: 3rem 3.25rem 2.5rem; background: var(--sheet);
  border-top: 5px solid var(--accent); border-radius: 3px; box-shadow: var(--shadow); }
h1, h2, p, dl, dd { margin: 0; }
p.mark { margin-bottom: 1.5rem; padding: .5rem 1rem; border: 2px dashed var(--bad); color: var(--bad);
  font-weight: 700; text-align: center; letter-spacing: .06em; }
.kicker { color: var(--accent); font-weight: 600; letter-spacing: .14em; }
h1 { margin-top: .15rem; font-size: 2rem; font-weight: 650; line-height: 1.25; white-space: pre-line; }
dl.facts { display: grid; grid-template-columns: repeat(4, 1fr); gap: .8rem 1.4rem;
  margin-top: 1.6rem; padding: 1rem 0 1.1rem; border: solid var(--line); border-width: 1px 0; }
dl.facts > div { min-width: 0; }
dd > span { display: block; }
dd > span + span { color: var(--soft); font-size: .92em; font-weight: 400; }
dt { color: var(--soft); font-size: .82em; }
dd { font-weight: 550; white-space: pre-line; }
.figures { display: grid; grid-template-columns: repeat(5, 1fr); margin: 1.5rem 0 1.1rem; }
.figures > div { padding: 0 1rem; border-left: 1px solid var(--line); }
.figures > div:first-child { padding-left: 0; border-left: 0; }
.figures b { display: block; font-size: 2.1rem; font-weight: 600; line-height: 1.15; }
.figures span { color: var(--soft); font-size: .85em; }
.story { font-size: 1.08rem; }
.story + .story { margin-top: .2rem; }
.decide { margin-top: 1.1rem; padding: .85rem 1.1rem; border-left: 4px solid var(--good);
  background: var(--good-band); border-radius: 0 3px 3px 0; break-inside: avoid; }
.decide.waits { border-color: var(--bad); background: var(--bad-band); }
.decide strong { color: var(--good); }
.decide.waits strong { color: var(--bad); }
.decide ul { margin: .3rem 0 0; padding-left: 1.15rem; }
section { margin-top: 2rem; }
h2 { padding-bottom: .3rem; border-bottom: 1.5px solid var(--accent); font-size: 1.06rem;
  font-weight: 650; break-after: avoid; }
table { width: 100%; border-collapse: collapse; font-size: .93em; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { padding: .55rem .6rem .4rem; color: var(--soft); font-size: .86em; font-weight: 500;
  text-align: left; vertical-align: bottom; }
td { padding: .5rem .6rem; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
th:not(.figure), td:not(.figure) { min-width: 4.4rem; }
th > span { display: block; }
td > span { display: block; white-space: pre-line; }
/* A word that a person typed may be as long as it likes; ours stay whole. */
td > span.typed, h1, dd { overflow-wrap: anywhere; }
td:first-child:has(> span > time) { width: 1%; padding-right: 1.4rem; }
/* A length, a figure and an instant are read in one piece; texts beside them wrap. */
td.figure > span, td > span:has(> time) { white-space: nowrap; }
td:first-child > span.typed:first-child { white-space: nowrap; }
td > span.under { color: var(--soft); font-size: .93em; }
td > span.bad, .bad { color: var(--bad); }
td > span.bad { font-weight: 600; }
.good { color: var(--good); }
i { font-style: normal; }
time u { text-decoration: none; white-space: nowrap; }
.mark { color: var(--accent); }
.figure { width: 1%; text-align: right; white-space: nowrap; }
th.figure { min-width: 3.6rem; white-space: normal; }
/* A few figures stand apart; many leave the room to what they are about. */
tr:not(:has(> th:nth-child(6))) > th.figure { min-width: 7rem; }
tr:has(> th.figure:nth-child(2)):has(> th:nth-child(6)) > th:first-child { min-width: 9rem; }
tr.total { break-before: avoid; }
tr.total td { border-top: 1.5px solid var(--soft); font-weight: 600; }
thead td { border: 0; }
td.bar { width: 45%; vertical-align: middle; }
td.bar svg { display: block; width: 100%; height: 10px; }
.kept { fill: var(--good); background: var(--good); }
.broke { fill: var(--bad); background: var(--bad); }
.came { fill: var(--came); background: var(--came); }
.two > i::before { content: " / "; color: var(--line); }
.stack > i, dd i { display: block; color: var(--soft); font-size: .9em; font-weight: 400; }
td > span.two > i { display: block; font-size: .92em; font-weight: 400; }
td > span.two > i::before, dd .two > i::before { content: none; }
td > span.two > i { color: var(--soft); }
figure { margin: .9rem 0 0; break-inside: avoid; }
figcaption { display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; color: var(--soft); font-size: .86em; }
.dot { display: inline-block; width: .7em; height: .7em; margin-right: .5em; border-radius: 2px; }
.chart svg { display: block; width: 100%; margin-top: .5rem; }
.chart text { fill: var(--soft); font-size: 11px; }
.chart .scale { text-anchor: end; }
.chart .label { text-anchor: middle; }
.chart .grid { stroke: var(--line); stroke-width: 1; }
.note { margin-top: .5rem; color: var(--soft); }
.log code { font: .88em/1.5 "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }
.log dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin-top: .6rem; }
.log dd { font-weight: 400; }
.sign { break-inside: avoid; }
.sign > div { display: grid; grid-template-columns: repeat(3, 1fr); gap: 2rem; }
.sign p { font-weight: 600; margin-top: .7rem; }
.sign .blank { display: flex; flex-wrap: wrap; align-content: flex-end; gap: 0 .6em; min-height: 3.1rem;
  padding-bottom: .25rem; border-bottom: 1px solid var(--ink); overflow-wrap: anywhere; }
.sign .blank b { font-size: 1.1em; font-weight: 600; }
.sign small { color: var(--soft); }
@media (max-width: 44rem) {
  body { padding: 0; }
  main { padding: 1.5rem 1.1rem; }
  dl.facts { grid-template-columns: repeat(2, 1fr); }
  dl.facts > div:nth-child(n) { grid-column: span 1; }
  .figures { grid-template-columns: repeat(3, 1fr); gap: 1rem 0; }
  .sign > div { grid-template-columns: 1fr; gap: .5rem; }
  .wide { overflow-x: auto; }
}
@page { size: A4; margin: 14mm 14mm 16mm; }
@media print {
  html { color-scheme: light; font-size: 12px; }
  body { padding: 0; background: none; font-size: 8.8pt; print-color-adjust: exact;
    -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 1rem 0 0; background: none; box-shadow: none; }
  section { margin-top: 1.3rem; }
  /* A head is never left alone at the foot of a page. */
  tbody tr:first-child { break-before: avoid; }
  td { padding-top: .32rem; padding-bottom: .32rem; }
  .sign .blank { min-height: 2.4rem; }
}
"""

STYLE = (
    f":root {{\n{_LIGHT}\n}}\n"
    # Paper is white, whatever the screen is.
    f"@media screen and (prefers-color-scheme: dark) {{ :root {{\n{_DARK}\n}} }}\n"
    f"{_RULES}"
)
