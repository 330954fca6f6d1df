use super::*;
use crate::figure::Shown;

fn document() -> Document {
    let mut page = Document::new("A <b> *title* of `code`");
    page.sentence(Text::message("Run `tailwheel explain loop` & read."));
    let mut table = Table::new(&["", ">1 in 20 worse", ">middle"]);
    let shown = |value: &str, error: &str| Shown::known(value.to_owned(), error.to_owned());
    table.row(vec![
        "wealth at the end".into(),
        shown("$271.2k", "1.1k").into(),
        shown("$1.2M", "0.1M").into(),
    ]);
    table.row_with(
        vec![
            "a|b".into(),
            Shown::alone("1 %".to_owned()).into(),
            None.into(),
        ],
        vec!["said below".into()],
    );
    page.table(table);
    page.warning("believe it not");
    page
}

#[test]
fn a_document_is_the_same_in_every_form() {
    let page = document();
    let (text, markdown, html) = (page.to_text(80), page.to_markdown(), page.to_html());
    for said in [
        "wealth at the end",
        "$271.2k",
        "1.1k",
        "believe it not",
        "said below",
    ] {
        for form in [&text, &markdown.replace("\\$", "$"), &html] {
            assert!(form.contains(said), "{said}: {form}");
        }
    }
    assert!(markdown.contains("`tailwheel explain loop` &amp; read"));
    assert!(html.contains("<code>tailwheel explain loop<wbr></code> &amp; read"));
    assert!(html.contains("A &lt;b&gt; *title*") && !html.contains("<b>"));
    assert!(!html.contains("http") || !html.contains("src=\"http"));
}

#[test]
fn no_line_is_wider_than_the_terminal_and_no_figure_is_cut() {
    let mut page = Document::new("t");
    let mut table = Table::new(&["scenario", ">base", ">new", ">difference", "verdict"]);
    table.row(vec![
        "a-scenario-with-a-rather-long-name/of=one,case=7".into(),
        "$1,234.5k".into(),
        "$2,345.6k".into(),
        Shown::known("+$1,111.1k".to_owned(), "222.2k".to_owned()).into(),
        Cell::Word("better".to_owned(), Tone::Good),
    ]);
    page.table(table);
    for width in [60, 70, 80] {
        let text = page.to_text(width);
        assert!(text.lines().all(|line| length(line) <= width), "{text}");
        for figure in ["$1,234.5k", "$2,345.6k", "+$1,111.1k", "222.2k", "better"] {
            assert!(text.contains(figure), "{text}");
        }
    }
}

#[test]
fn errors_stand_below_figures_where_they_do_not_fit_beside_them() {
    let mut page = Document::new("");
    let mut table = Table::new(&["", ">1 in 20 worse", ">middle", ">1 in 20 better"]);
    let wide = || Shown::known("USDT 1,234,567".to_owned(), "123,456".to_owned()).into();
    table.row(vec!["wealth at the end".into(), wide(), wide(), wide()]);
    page.table(table);
    let text = page.to_text(80);
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines[lines.len() - 1].trim_start().starts_with('±'),
        "{text}"
    );
}

#[test]
fn an_interval_below_its_figure_is_not_called_an_error() {
    let mut page = Document::new("");
    let mut table = Table::new(&["", ">1 in 20 worse", ">middle", ">1 in 20 better"]);
    let wide = || Shown::known("USDT 1,234,567".to_owned(), "123,456".to_owned());
    let ends = ["USDT 0", "USDT 2M"].map(|end| Shown::alone(end.to_owned()));
    let cells = [wide(), wide(), wide().within(ends)].map(Cell::from);
    table.row([vec!["wealth at the end".into()], cells.to_vec()].concat());
    page.table(table);
    let text = page.to_text(80);
    let below = text.lines().last().unwrap_or_default();
    assert!(
        below.contains("± 123,456") && below.ends_with("(USDT 0 to USDT 2M)"),
        "{text}"
    );
    assert!(!below.starts_with("  ± "), "{text}");
}

#[test]
fn names_are_cut_where_they_are_alike() {
    let cut = |names: &[&str]| shortened_apart(names, 10);
    assert_eq!(cut(&["base", "new"]), ["base", "new"]);
    assert_eq!(
        cut(&["folder/sc/defi", "folder/sc2/defi"]),
        ["…r/sc/defi", "…/sc2/defi"]
    );
    assert_eq!(
        cut(&["passive-income", "monoculture"]),
        ["passive-i…", "monocultu…"]
    );
}

#[test]
fn an_interval_stands_in_place_of_an_error_in_every_form() {
    let ends = ["$0", "$43k"].map(|end| Shown::alone(end.to_owned()));
    let shown = Shown::known("$3,000".to_owned(), "40k".to_owned()).within(ends);
    assert_eq!(shown.whole(), "$3,000 ($0 to $43k)");
    let mut page = Document::new("t");
    let mut table = Table::new(&["", ">"]);
    table.row(vec!["end".into(), shown.into()]);
    page.table(table);
    for form in [
        page.to_text(80),
        page.to_markdown().replace('\\', ""),
        page.to_html(),
    ] {
        assert!(
            form.contains(" ($0 to $43k)") && !form.contains('±'),
            "{form}"
        );
    }
}

#[test]
fn nothing_has_no_line_of_its_own() {
    let headings: Vec<String> = (0..12).map(|at| format!(">heading{at}")).collect();
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let mut table = Table::new(&headings);
    for last in ["", "x"] {
        let mut cells = vec!["1".to_owned(); 7];
        cells.resize(11, String::new());
        cells.push(last.to_owned());
        table.texts(cells);
    }
    let mut page = Document::new("t");
    page.table(table);
    let text = page.to_text(80);
    assert!(!text.contains("1\n\n"), "{text}");
    assert_eq!(
        text.lines().filter(|line| line.trim() == "x").count(),
        1,
        "{text}"
    );
}
