//! What an impossible correlation is told, word for word.

use super::support::{refused, with_assets};
use insta::assert_snapshot;

#[test]
fn correlations_that_cannot_hold_together_are_told_what_could() {
    let pairs = "[correlation]\npairs = [\n  [\"a\", \"b\", 0.90],\n  [\"b\", \"c\", 0.90],\n  [\"a\", \"c\", 0.20]]\n";
    let seen = refused(&with_assets(pairs));
    assert_snapshot!(seen, @r###"
    error[correlation]: these three correlations cannot hold together
      --> mine.toml:21:14
       |
    19 |   ["a", "b", 0.90],
       |              ----
    20 |   ["b", "c", 0.90],
       |              ----
    21 |   ["a", "c", 0.20]]
       |              ^^^^ must lie between 0.62 and 1.00 given the other two
       |
       = smallest eigenvalue -0.18 (must be at least 0)
       = help: 0.62 or more, or change one of the 0.90
       = or: repair = "nearest" changes none by more than 0.11; the report will
             say so

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn an_impossible_matrix_of_more_than_three_is_told_how_far_a_possible_one_is() {
    let text = with_assets(
        "[[asset]]\nname = \"d\"\nclass = \"niche-content\"\nvalue = 1\n[correlation]\ndefault = 0\npairs = [[\"a\", \"b\", -0.9], [\"c\", \"b\", 0.9], [\"a\", \"c\", 0.9]]\n",
    );
    let seen = refused(&text);
    assert_snapshot!(seen, @r###"
    error[correlation]: these three correlations cannot hold together
      --> mine.toml:23:21
       |
    23 | pairs = [["a", "b", -0.9], ["c", "b", 0.9], ["a", "c", 0.9]]
       |                     ^^^^              ---              ---
       |                     |
       |                     must lie between 0.62 and 1.00 given the other two
       |
       = smallest eigenvalue -0.80 (must be at least 0)
       = help: 0.62 or more, or change one of the 0.90
       = or: repair = "nearest" changes none by more than 0.40; the report will
             say so

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn a_matrix_that_no_three_assets_contradict_names_the_entry_that_changes_most() {
    let text = with_assets(
        "[[asset]]\nname = \"d\"\nclass = \"niche-content\"\nvalue = 1\n[correlation]\ndefault = -0.4\n",
    );
    let seen = refused(&text);
    assert_snapshot!(seen, @r###"
    error[correlation]: these correlations cannot hold together
      --> mine.toml:22:11
       |
    22 | default = -0.4
       |           ^^^^ -0.33 in the nearest possible matrix
       |
       = a / b is -0.40 by `default`
       = smallest eigenvalue -0.20 (must be at least 0)
       = or: repair = "nearest" changes none by more than 0.07; the report will
             say so

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn an_asymmetric_matrix_shows_both_entries() {
    let text = with_assets(
        "[correlation]\norder = [\"a\", \"b\", \"c\"]\nmatrix = [\n  [1, 0.9, 0.2],\n  [0.9, 1, 0.3],\n  [0.4, 0.3, 1],\n]\n",
    );
    let seen = refused(&text);
    assert_snapshot!(seen, @r###"
    error[correlation]: the matrix is not symmetric at c / a
      --> mine.toml:22:4
       |
    20 |   [1, 0.9, 0.2],
       |            --- 0.2 here
    21 |   [0.9, 1, 0.3],
    22 |   [0.4, 0.3, 1],
       |    ^^^ 0.4 here
       |
       = help: write the same number twice, or each pair once in `pairs`

    1 error in mine.toml; nothing was simulated
    "###);
}
