//! The style sheet of the page: letters, colours on light and dark ground, layout.
//!
//! In: the inks of the pictures. Out: CSS. Not here: colours (`chart::theme`).

use crate::chart::{Ink, Theme, WEB_FONTS};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Names of the colours in the sheet, and their inks.
const COLOURS: [(&str, Ink); 18] = [
    ("ground", Ink::Ground),
    ("text", Ink::Text),
    ("mute", Ink::Mute),
    ("grid", Ink::Grid),
    ("axis", Ink::Axis),
    ("wrong", Ink::Heat(2)),
    ("pass", Ink::Green),
    ("fail", Ink::Vermilion),
    ("inconclusive", Ink::Gold),
    ("inconclusive-text", Ink::GoldText),
    ("changed", Ink::Purple),
    ("loosened", Ink::Purple),
    ("version", Ink::Purple),
    ("invalid", Ink::Slate),
    ("broken", Ink::Slate),
    ("not-run", Ink::Axis),
    ("simulated", Ink::Blue),
    ("link", Ink::Blue),
];

/// The whole sheet.
pub(super) fn sheet() -> String {
    let faces: String = WEB_FONTS.iter().map(face).collect();
    let light = variables(Theme::Light);
    let dark = variables(Theme::Dark);
    format!(
        "{faces}:root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}{LAYOUT}{}{}",
        by_mark(),
        filters()
    )
}

fn face((weight, file): &(u16, &[u8])) -> String {
    format!(
        "@font-face{{font-family:Inter;font-weight:{weight};\
         src:url(data:font/woff2;base64,{})format(\"woff2\")}}",
        STANDARD.encode(file)
    )
}

fn variables(theme: Theme) -> String {
    let variable = |(name, ink): &(&str, Ink)| format!("--{name}:{};", ink.rgb(theme).hex());
    COLOURS.iter().map(variable).collect()
}

/// What is drawn or written in the colour of its mark.
fn by_mark() -> String {
    let rule = |class: &str| {
        let letters = match class {
            "inconclusive" => "inconclusive-text",
            "not-run" => "mute",
            other => other,
        };
        format!(
            ".strip .{class},i.{class},.dot.{class}{{background:var(--{class})}}\
             .word.{class},.ending.{class}{{color:var(--{letters})}}\
             svg .{class}{{stroke:var(--{class});fill:var(--{class})}}"
        )
    };
    super::classes().map(rule).collect()
}

/// Choosing a mark hides the rows of all others.
fn filters() -> String {
    let rule = |class: &str| {
        format!(
            "body:has(#only-{class}:checked) tbody.all tr:not(.{class}),\
             body:has(#only-{class}:checked) .file:not(:has(tr.{class})){{display:none}}"
        )
    };
    super::classes().map(rule).collect()
}

const LAYOUT: &str = "
*{box-sizing:border-box}
html{font:15px/1.5 Inter,system-ui,sans-serif;background:var(--ground);color:var(--text);-webkit-text-size-adjust:100%}
body{margin:0}
main{max-width:62rem;margin:0 auto;padding:2.6rem 1.5rem 4rem}
h1{font-size:1.8rem;line-height:1.2;font-weight:600;letter-spacing:-.017em;margin:.3rem 0 .5rem;text-wrap:balance;max-width:46rem}
h2{font-size:1.2rem;font-weight:600;letter-spacing:-.01em;margin:0 0 .2rem}
h3{font-size:1rem;font-weight:600;margin:0}
p{margin:0}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:.18em;text-decoration-color:var(--axis)}
a:hover{text-decoration-color:currentColor}
code{font:.88em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,\"DejaVu Sans Mono\",monospace;overflow-wrap:anywhere}
.eyebrow,.extent,.mute,footer,.legend,.place,.note{color:var(--mute)}
.eyebrow{font-size:.93rem}
.ending{font-weight:600}
.strip{display:flex;gap:2px;height:.7rem;margin:1.5rem 0 .55rem}
.strip span{min-width:4px;border-radius:1px}
.legend{display:flex;flex-wrap:wrap;gap:.1rem 1.3rem;font-size:.9rem}
i{display:inline-block;width:.62em;height:.62em;margin-right:.45em;border-radius:1px}
.dot{display:inline-block;flex:none;width:.55em;height:.55em;border-radius:50%}
.word{font-weight:600;white-space:nowrap}
section{border-top:1px solid var(--grid);margin-top:2.1rem;padding-top:1.7rem}
.lead{color:var(--mute);margin-bottom:1.1rem}
.gate{margin-top:1.9rem}
.gate>header,.case>header{display:flex;flex-wrap:wrap;gap:0 .8rem;align-items:baseline}
.gate>header .place,.case>header .place{margin-left:auto}
table{border-collapse:collapse;width:100%;font-size:.93rem;line-height:1.4}
th{font-weight:400;color:var(--mute);text-align:left;padding:.3rem .8rem .3rem 0;vertical-align:bottom}
td{padding:.38rem .8rem .38rem 0;vertical-align:middle}
tbody tr{border-top:1px solid var(--grid)}
th:last-child,td:last-child{padding-right:0}
.figure{text-align:right;white-space:nowrap}
.forest{table-layout:fixed;margin-top:.45rem}
.forest .who{width:31%}
.forest .figure{width:6.2rem}
.forest .range{width:11rem}
.forest th,.forest td{padding-top:0;padding-bottom:0}
.forest td.who{padding-top:.32rem;padding-bottom:.32rem;overflow-wrap:anywhere}
.forest .bar{position:relative;padding:0 .8rem 0 0;height:1.9rem}
.forest .bar>svg{position:absolute;inset:0;width:calc(100% - .8rem);height:100%;overflow:visible}
.cells{display:grid;gap:.6rem}
.forest tbody tr{border-top-color:transparent}
.forest tbody tr:hover{background:color-mix(in srgb,var(--grid) 45%,transparent)}
svg text{font:600 .8rem Inter,system-ui,sans-serif;fill:var(--text)}
svg text.tick{font-weight:400;fill:var(--mute)}
svg .limit{stroke:var(--text);stroke-width:1;stroke-dasharray:3 2}
svg .wrong{fill:var(--wrong)}
svg .rule{stroke:var(--grid)}
svg .span{stroke-width:3;stroke-linecap:round}
svg path{stroke-width:1}
svg .mark{overflow:visible}
svg .hollow.hollow{fill:var(--ground);stroke-width:2}
details>summary{cursor:pointer;color:var(--mute);padding:.3rem 0;list-style:none}
details>summary::-webkit-details-marker{display:none}
details>summary::before{content:\"\";display:inline-block;width:.38em;height:.38em;margin:0 .6em .12em .1em;border:solid var(--mute);border-width:0 1.5px 1.5px 0;transform:rotate(-45deg)}
details[open]>summary::before{transform:rotate(45deg);margin-bottom:.22em}
.file{margin-top:.9rem}
details.file>summary b{font-weight:600;color:var(--text)}
details.file>summary .counts{margin-left:.6rem}
.note{font-size:.9rem}
.fault{margin-top:1.2rem}
.fault h3{font-weight:600}
.fault dl,.edits dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .9rem;margin:.35rem 0 0;font-size:.93rem}
.fault dt{color:var(--mute)}
.fault dd{margin:0;white-space:pre-line;overflow-wrap:anywhere}
.case{margin-top:1.6rem}
.case table{margin-top:.35rem}
.case table.moved th:first-child{width:34%}
.edits{margin:.5rem 0 0;padding-left:.9rem;border-left:3px solid var(--changed)}
.edits p{display:flex;flex-wrap:wrap;gap:0 .7rem;align-items:baseline}
.edits .place{margin-left:auto}
.chips{display:flex;flex-wrap:wrap;gap:.45rem;margin:.9rem 0 .4rem;border:0;padding:0}
.chips input{position:absolute;opacity:0;pointer-events:none}
.chips label{display:inline-flex;align-items:center;gap:.45em;border:1px solid var(--grid);border-radius:1rem;padding:.12rem .8rem;font-size:.9rem;cursor:pointer;color:var(--mute)}
.chips label:hover{border-color:var(--axis)}
.chips :checked+label{border-color:var(--text);color:var(--text)}
.chips :focus-visible+label{outline:2px solid var(--link);outline-offset:2px}
.all td:first-child{overflow-wrap:anywhere}
footer{border-top:1px solid var(--grid);margin-top:2.6rem;padding-top:1.2rem;font-size:.87rem}
footer p{max-width:46rem}
@media(max-width:46rem){
main{padding:1.6rem 1rem 3rem}
h1{font-size:1.45rem}
.forest .range,.wide{display:none}
.forest .who{width:34%}
.forest .figure{width:4.6rem}
.gate>header .place,.case>header .place,.edits .place{margin-left:0}
.gate>header,.case>header{flex-direction:column}
.cells{display:block}
.cells span:not(:last-child)::after{content:\" · \"}
}
@media print{details>summary::before,.chips{display:none}}
";
