//! The style sheet of a page: letters, colours on light and dark ground, layout.
//!
//! In: the inks of the pictures. Out: CSS. Not here: colours (`chart::theme`).

use crate::chart::{Ink, Theme, WEB_FONTS, dark_rules};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Names of the colours in the sheet, and their inks.
const COLOURS: [(&str, Ink); 8] = [
    ("ground", Ink::Ground),
    ("text", Ink::Text),
    ("mute", Ink::Mute),
    ("grid", Ink::Grid),
    ("good", Ink::Green),
    ("bad", Ink::Vermilion),
    ("open", Ink::GoldText),
    ("changed", Ink::Blue),
];

/// The whole sheet.
pub(super) fn sheet() -> String {
    let faces: String = WEB_FONTS.iter().map(face).collect();
    let (light, dark) = (variables(Theme::Light), variables(Theme::Dark));
    let pictures = dark_rules(Ink::all());
    format!(
        "{faces}:root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}{LAYOUT}{pictures}"
    )
}

fn face((weight, file): &(u16, &[u8])) -> String {
    let file = STANDARD.encode(file);
    format!(
        "@font-face{{font-family:Inter;font-weight:{weight};\
         src:url(data:font/woff2;base64,{file})format(\"woff2\")}}"
    )
}

fn variables(theme: Theme) -> String {
    let variable = |(name, ink): &(&str, Ink)| format!("--{name}:{};", ink.rgb(theme).hex());
    COLOURS.iter().map(variable).collect()
}

const LAYOUT: &str = "
*{box-sizing:border-box}
html{font:16px/1.5 Inter,system-ui,sans-serif;background:var(--ground);color:var(--text);-webkit-text-size-adjust:100%}
body{margin:0}
main{max-width:62rem;margin:0 auto;padding:2.2rem 1.4rem 4rem}
h1{font-size:1.75rem;line-height:1.2;font-weight:600;margin:0 0 .4rem;text-wrap:balance}
h2{font-size:1.2rem;font-weight:600;border-top:1px solid var(--grid);margin:2.2rem 0 .4rem;padding-top:1.4rem}
p{margin:.35rem 0;max-width:46rem;overflow-wrap:anywhere}
ul{margin:.35rem 0;padding-left:1.2rem;max-width:46rem}
.lead,.fine,.quiet,.error,th{color:var(--mute)}
.fine{font-size:.93rem}
.warning{border-left:3px solid var(--open);padding-left:.8rem;margin:.8rem 0}
.good{color:var(--good)}
.bad{color:var(--bad)}
.open{color:var(--open)}
.changed,a{color:var(--changed)}
.good,.bad,.open,.changed{font-weight:600;white-space:nowrap}
code{font:.88em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,\"DejaVu Sans Mono\",monospace;overflow-wrap:anywhere}
.wide{overflow-x:auto;margin:.8rem 0}
table{border-collapse:collapse;min-width:60%;font-size:.95rem;line-height:1.4}
th{font-weight:400;text-align:left;padding:.3rem 1.2rem .3rem 0;vertical-align:bottom}
td{padding:.36rem 1.2rem .36rem 0;vertical-align:top}
th:last-child,td:last-child{padding-right:0}
tbody tr{border-top:1px solid var(--grid)}
tbody tr.below{border-top:0}
tr.below td{padding:0 0 .36rem 1rem;color:var(--mute)}
.figure{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
figure{margin:1.4rem 0}
figure svg{max-width:100%;height:auto;display:block}
footer{border-top:1px solid var(--grid);margin-top:2.2rem;padding-top:.8rem}
details{margin:1rem 0}
summary{cursor:pointer;color:var(--mute)}
@media(max-width:40rem){main{padding:1.4rem 1rem 3rem}h1{font-size:1.4rem}table{font-size:.85rem}
td,th{padding-right:.6rem;overflow-wrap:anywhere}.figure{white-space:normal}}
@media print{details>summary{display:none}}
";
