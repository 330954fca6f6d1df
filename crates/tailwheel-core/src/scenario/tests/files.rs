//! Faults of whole files: bases, assignments, sizes, many faults at once.

use super::support::{Text, extended, faults, places, refused, with_asset, with_assets, with_head};

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
    // a base that cannot be read makes no drop wrong
    let mine = "extends = \"base.toml\"\ndrop = [\"asset.a\"]\n";
    let found = places(&[("mine.toml", mine), ("base.toml", "x = \n")], &[]);
    assert_eq!(found, ["syntax base.toml:1:5"]);
}

#[test]
fn a_character_of_a_title_that_cannot_be_shown_is_named() {
    for (text, said) in [
        ("a\u{202e}b", "`title` has the character U+202E"),
        ("a\u{ad}b", "`title` has the character U+00AD"),
        ("a\\u0007b", "`title` has the character U+0007"),
        ("a\\nb", "`title` is longer than one line"),
        ("a\u{2028}b", "`title` is longer than one line"),
    ] {
        refused(&format!("title = \"{text}\"\n{}", with_asset(""))).has(said);
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
    // and a chain ends
    let chain: Vec<[String; 2]> =
        (0..20).map(|n| [format!("{n}.toml"), format!("extends = \"{}.toml\"\n", n + 1)]).collect();
    let files: Vec<(&str, &str)> = chain.iter().map(|[name, text]| (name.as_str(), text.as_str())).collect();
    assert_eq!(places(&files, &[]), ["extends 15.toml:1:11"]);
}

#[test]
fn ten_faults_of_a_file_arrive_in_one_run() {
    let text = include_str!("../../../../../tests/program/corpus/ten-faults.toml");
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
    let over = |base: &str, mine: &str| {
        let base = with_asset(&format!("[owner]\ncash = 5_000\n{base}"));
        extended(&base, &format!("[owner]\n{mine}")).as_written.scenario.owner.unwrap()
    };
    let base =
        "spending = \"9/month\"\nresidence = [{ in = \"estonia\" }, { in = \"uae\", from = \"2029-01\" }]\n";
    let owner = over(base, "residence = [{ in = \"portugal\", tax_rate = \"28 %\" }]\n");
    assert_eq!(owner.residence.len(), 1);
    // and what one lives on there
    let phases = |amount: &str| {
        format!(
            "spending = [{{ amount = \"{amount}/month\", from = \"2027-01\" }}, {{ amount = \"5/month\", from = \"2029-01\" }}]\n"
        )
    };
    assert_eq!(over(&phases("9"), &phases("8")).spending.phases().len(), 2);
}
