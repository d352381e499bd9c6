/** The one stylesheet of the public pages: light, dark, print; from 320 px on. System fonts only. No colour of a level is in it. */
export const PUBLIC_CSS = `:root { color-scheme: light dark; --ground: #fff; --text: #1b1f24; --quiet: #57606a; --line: #d0d7de; --link: #0b57a4; --soft: #f4f6f8; --button: #0b57a4; --on-button: #fff; }
@media (prefers-color-scheme: dark) { :root { --ground: #14171a; --text: #e6e9ec; --quiet: #a3abb4; --line: #3a424a; --link: #8ab8f0; --soft: #1f2429; --button: #8ab8f0; --on-button: #10141a; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text); font: 1.0625rem/1.7 system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans", sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: .5rem; top: .5rem; background: var(--ground); padding: .25rem .5rem; z-index: 1; }
.frame { max-width: 46rem; margin: 0 auto; padding: 0 1rem 3rem; }
.top { border-bottom: 1px solid var(--line); margin-bottom: 1.5rem; }
.top .frame { padding-bottom: .5rem; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: baseline; }
.top strong { font-size: 1.125rem; margin-right: auto; padding: .75rem 0 .25rem; }
nav a { display: inline-block; padding: .5rem .25rem; margin-right: .75rem; min-height: 24px; }
.demo { margin: 0; padding: .25rem 1rem; text-align: center; letter-spacing: .2em; border-bottom: 2px dashed var(--quiet); background: var(--soft); font-weight: 600; }
h1 { font-size: 1.6rem; line-height: 1.35; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; line-height: 1.4; margin: 2rem 0 .5rem; }
h3 { font-size: 1.0625rem; margin: 1.25rem 0 .25rem; }
p { margin: 0 0 .75rem; }
.quiet { color: var(--quiet); font-size: .9375rem; }
.lead { font-size: 1.125rem; }
ul.plain { list-style: none; margin: 0; padding: 0; }
ul.plain > li { padding: .9rem 0; border-bottom: 1px solid var(--line); }
ul.plain > li a { font-weight: 600; }
.box { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: .9rem 1rem; margin: 1rem 0; }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .25rem 1rem; margin: 0 0 1rem; }
dt { color: var(--quiet); }
dd { margin: 0; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
caption { text-align: left; color: var(--quiet); }
th, td { text-align: left; vertical-align: top; padding: .4rem .5rem .4rem 0; border-bottom: 1px solid var(--line); }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
input, textarea, select { width: 100%; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--quiet); border-radius: 6px; padding: .6rem .7rem; min-height: 44px; }
textarea { min-height: 9rem; }
input.code { font-family: ui-monospace, Menlo, Consolas, monospace; text-transform: uppercase; letter-spacing: .06em; }
button { font: inherit; font-weight: 600; min-height: 48px; padding: .6rem 1.4rem; margin: 1rem 0; border: 1px solid var(--button); border-radius: 6px; background: var(--button); color: var(--on-button); cursor: pointer; }
button.second { background: none; color: var(--link); border-color: var(--quiet); }
button.big { display: block; width: 100%; min-height: 64px; font-size: 1.25rem; }
.codeShown { font: 600 1.5rem/1.6 ui-monospace, Menlo, Consolas, monospace; letter-spacing: .06em; }
pre { white-space: pre-wrap; font-size: .8125rem; background: var(--soft); padding: .75rem; border: 1px solid var(--line); }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: .9375rem; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dt { margin-top: .5rem; } h1 { font-size: 1.35rem; } }
@media print { :root { --ground: #fff; --text: #000; --quiet: #333; --line: #999; --link: #000; --soft: #fff; } nav, form, .skip { display: none; } body { font-size: 11pt; } a { text-decoration: none; } .frame { max-width: none; padding: 0; } }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
