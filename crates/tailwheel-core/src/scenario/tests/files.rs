//! Faults of whole files: bases, assignments, sizes, many faults at once.

use super::support::{faults, places, refused, valid_files, with_asset, with_assets, with_head};

#[test]
fn too_many_assets_are_refused() {
    let one = "[[asset]]\nname = \"NAME\"\nclass = \"niche-content\"\nvalue = 1\n";
    let many: String =
        (0..=super::super::MAX_ASSETS).map(|n| one.replace("NAME", &format!("n{n}"))).collect();
    assert_eq!(faults(&with_head(&many)), ["range 2005:1"]);
}

#[test]
fn files_that_extend_are_checked() {
    let base = with_asset("");
    let of = |mine: &str| places(&[("d/mine.toml", mine), ("d/base.toml", &base)], &[]);
    for (mine, expected) in [
        ("extends = \"../base.toml\"", "extends d/mine.toml:1:11"),
        ("extends = \"/base.toml\"", "extends d/mine.toml:1:11"),
        ("extends = 3", "extends d/mine.toml:1:11"),
        ("extends = \"nothing.toml\"", "file d/mine.toml:1:11"),
        ("extends = \"mine.toml\"", "extends d/mine.toml:1:11"),
        ("extends = \"nothing.toml\"\ndrop = [\"asset.a\", \"owner\"]", "file d/mine.toml:1:11"),
        ("extends = \"base.toml\"\ndrop = [\"asset.b\"]", "drop d/mine.toml:2:9"),
        ("extends = \"base.toml\"\ndrop = [\"asset.a.decay\"]", "drop d/mine.toml:2:9"),
        ("extends = \"base.toml\"\ndrop = [\"aset\"]", "drop d/mine.toml:2:9"),
        ("extends = \"base.toml\"\ndrop = [3]", "type d/mine.toml:2:8"),
        ("extends = \"base.toml\"\ndrop = \"asset.a\"", "type d/mine.toml:2:8"),
    ] {
        assert_eq!(of(mine), [expected], "{mine}");
    }
}

#[test]
fn a_base_that_cannot_be_read_makes_no_drop_wrong() {
    let mine = "extends = \"base.toml\"\ndrop = [\"asset.a\"]\n";
    let found = places(&[("mine.toml", mine), ("base.toml", "x = \n")], &[]);
    assert_eq!(found, ["syntax base.toml:1:5"]);
}

#[test]
fn a_file_of_comments_has_too_many_lines_and_one_of_numbers_too_many_values() {
    let comments = with_asset(&"#\n".repeat(1_000_001));
    assert!(refused(&comments).contains("this file has too many lines"));
    let numbers = with_asset(&format!("x = [{}]", "1,".repeat(1_000_001)));
    assert!(refused(&numbers).contains("this file has too many values"));
}

#[test]
fn a_character_of_a_title_that_cannot_be_shown_is_named() {
    let title = |title: &str| refused(&format!("title = \"{title}\"\n{}", with_asset("")));
    for (text, said) in [
        ("a\u{202e}b", "`title` has the character U+202E"),
        ("a\u{ad}b", "`title` has the character U+00AD"),
        ("a\\u0007b", "`title` has the character U+0007"),
        ("a\\nb", "`title` is longer than one line"),
        ("a\u{2028}b", "`title` is longer than one line"),
    ] {
        assert!(title(text).contains(said), "{said}: {}", title(text));
    }
}

#[test]
fn a_circle_of_files_is_refused_where_it_closes() {
    let files = [
        ("a.toml", "extends = \"b.toml\"\n"),
        ("b.toml", "# comment\nextends = \"./c.toml\"\n"),
        ("c.toml", "extends = \"b.toml\"\n"),
    ];
    assert_eq!(places(&files, &[]), ["extends c.toml:1:11"]);
}

#[test]
fn a_chain_of_files_ends() {
    let names: Vec<String> = (0..20).map(|n| format!("{n}.toml")).collect();
    let texts: Vec<String> = (1..21).map(|n| format!("extends = \"{n}.toml\"\n")).collect();
    let files: Vec<(&str, &str)> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(places(&files, &[]), ["extends 15.toml:1:11"]);
}

#[test]
fn a_file_that_is_not_there_or_no_text_is_refused() {
    let loader = |_: &str| Err("no such file".to_owned());
    let refusal = super::super::read("mine.toml", &[], &loader).unwrap_err();
    assert_eq!(refusal.faults[0].message, "mine.toml: no such file");
    let loader = |_: &str| Ok(b"title = \"\xff\"\n".to_vec());
    let refusal = super::super::read("mine.toml", &[], &loader).unwrap_err();
    let place = refusal.faults[0].place().unwrap();
    assert_eq!(refusal.faults[0].code, "encoding");
    assert_eq!(refusal.sources.line_and_column(place), (1, 10));
}

#[test]
fn ten_faults_of_a_file_arrive_in_one_run() {
    let text = r#"title = "Ten faults"
start = "2027-13"
horizon = 10
currency = "usd"
[run]
seed = 1
paths = 0
[[asset]]
name = "saas"
class = "micro-sass-fleet"
value = 1
roi = [22, 35]
[[asset]]
name = "royalties"
class = "synthetic-media-royalties"
value = nan
roi = "50-15 %"
volatilty = 0.3
[[asset]]
name = "defi"
class = "defi-yield-aggregator"
value = 1
jumps = { rate = "9/year", mean = -0.3, sd = 0.15 }
[correlation]
pairs = [["saas", "royaltis", 0.9]]
"#;
    assert_eq!(
        faults(text),
        [
            "range 2:9", "unit 3:11", "currency 4:12", "range 7:9", "unknown-class 10:9", "percent 12:8",
            "number 16:9", "range 17:7", "unknown-key 18:1", "process 23:9", "unknown-asset 25:19",
        ]
    );
    assert!(refused(text).ends_with("11 errors in mine.toml; nothing was simulated"));
}

#[test]
fn a_file_with_thousands_of_faults_is_cut_short_and_still_judged_safely() {
    let keys: String = (0..3000).map(|n| format!("unknown{n} = 1\n")).collect();
    let matrix = "[correlation]\norder = [\"a\", \"b\", 3]\nmatrix = [[1], 2]\ncopula = { kind = \"t\" }\n";
    let text = format!("{keys}{}", with_assets(matrix));
    let seen = refused(&text);
    assert!(seen.ends_with("at least 1000 errors in mine.toml; nothing was simulated"));
    assert!(seen.contains("… and 950 more"));
}

#[test]
fn where_one_lives_is_a_list_of_its_own() {
    let base = with_asset(
        "[owner]\ncash = 5_000\nspending = \"9/month\"\nresidence = [{ in = \"estonia\" }, { in = \"uae\", from = \"2029-01\" }]\n",
    );
    let mine = "extends = \"base.toml\"\n[owner]\nresidence = [{ in = \"portugal\", tax_rate = \"28 %\" }]\n";
    let scenario = valid_files(&[("mine.toml", mine), ("base.toml", &base)], &[]);
    assert_eq!(scenario.owner.unwrap().residence.len(), 1);
    // and what one lives on there
    let phases = |amount: &str| {
        format!(
            "spending = [{{ amount = \"{amount}/month\", from = \"2027-01\" }}, {{ amount = \"5/month\", from = \"2029-01\" }}]\n"
        )
    };
    let base = with_asset(&format!("[owner]\ncash = 5_000\n{}", phases("9")));
    let mine = format!("extends = \"base.toml\"\n[owner]\n{}", phases("8"));
    let scenario = valid_files(&[("mine.toml", &mine), ("base.toml", &base)], &[]);
    assert_eq!(scenario.owner.unwrap().spending.phases().len(), 2);
}
