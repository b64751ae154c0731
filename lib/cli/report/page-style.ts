/** How the page looks: quiet, in the reader's own light or dark, from 360 px on. Series colours hold for common colour blindness (Okabe and Ito). */
export const pageStyle = `
:root { color-scheme: light dark; --page: #fff; --card: #f7f7f8; --text: #1c1c1f; --text-2: #62626b; --line: #e3e3e8;
  --bad: #c4162e; --warn: #b77900; --good: #1f7a4d;
  --series-1: #0072b2; --series-2: #d55e00; --series-3: #009e73; --series-4: #cc79a7;
  --series-5: #e69f00; --series-6: #56b4e9; --series-7: #7a5195; --series-8: #6b6b6b; }
@media (prefers-color-scheme: dark) { :root { --page: #131316; --card: #1c1c21; --text: #ececf1; --text-2: #a0a0ab;
  --line: #303038; --bad: #ff5c70; --warn: #f0b64a; --good: #5fd39a; --series-1: #4ba3e3; --series-2: #ff9354;
  --series-3: #3fd0a5; --series-4: #e7a3c8; --series-7: #b79ad6; --series-8: #a8a8a8; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 24px; margin: 0; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { font-size: 17px; margin: 40px 0 4px; }
p { margin: 4px 0; color: var(--text-2); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(128px, 1fr)); gap: 10px; margin: 24px 0 0; }
.facts div { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 14px; }
.facts dt { color: var(--text-2); font-size: 13px; }
.facts dd { margin: 2px 0 0; font-size: 21px; font-variant-numeric: tabular-nums; }
.facts small { display: block; color: var(--text-2); font-size: 12.5px; }
.bad { color: var(--bad); }
figure { margin: 12px 0 0; }
figure > div { width: 100%; overflow: hidden; }
.scroll { overflow-x: auto; margin-top: 12px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 14px; }
th, td { text-align: right; padding: 7px 10px; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
.text.text { text-align: left; white-space: normal; min-width: 260px; overflow-wrap: anywhere; }
thead th { color: var(--text-2); font-weight: 500; font-size: 13px; }
td small { display: block; color: var(--text-2); }
.u-legend { font-size: 13px; color: var(--text-2); }
.u-legend th, .u-legend td { border: 0; padding: 2px 4px; white-space: normal; overflow-wrap: anywhere; }
.u-legend .u-label { display: inline; }
footer { margin-top: 48px; font-size: 13px; color: var(--text-2); }
`;
