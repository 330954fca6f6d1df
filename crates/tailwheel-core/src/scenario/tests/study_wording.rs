//! The most important messages about cases and expectations, whole.

use insta::assert_snapshot;

use super::support::{refused, with_assets};

#[test]
fn a_variant_that_names_a_missing_asset_is_met_with_the_nearest_one() {
    let text = with_assets("[[variant]]\nname = \"bare\"\nset = { \"asset.saas.value\" = 0 }\n");
    let text = text.replace("name = \"b\"", "name = \"sass\"");
    assert_snapshot!(refused(&text), @r###"
    error[set]: no asset is named `saas`
      --> mine.toml:19:16
       |
    19 | set = { "asset.saas.value" = 0 }
       |                ^^^^ did you mean `sass`?
       |
       = write: set = { "asset.sass.value" = 0 }
       = in case: mine/bare

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn an_axis_without_values_makes_no_cases() {
    let text = with_assets("[[axis]]\nname = \"cash\"\nkey = \"owner.cash\"\nvalues = []\n");
    assert_snapshot!(refused(&text), @r###"
    error[axis]: an axis needs at least one value
      --> mine.toml:20:10
       |
    20 | values = []
       |          ^^ this is empty
       |
       = rule: every value is a case, combined with each value of the other axes
       = such as: [0.0, 0.7, 1.0]
       = more: tailwheel explain axis.values

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn lists_as_values_need_labels() {
    let text = with_assets(
        "[[axis]]\nname = \"claim\"\nkey = \"asset.a.roi\"\nvalues = [[0.1, 0.2], \"22-35 %\"]\n",
    );
    assert_snapshot!(refused(&text), @r###"
    error[axis]: axis `claim` needs `labels`
      --> mine.toml:20:11
       |
    20 | values = [[0.1, 0.2], "22-35 %"]
       |           ^^^^^^^^^^ this is a list
       |
       = write: labels = ["name-1", "name-2"]
       = rule: a value that is neither a short text nor a number needs a label
               for the name of its case

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn two_values_with_one_label_show_both() {
    let text = with_assets(
        "[[axis]]\nname = \"claim\"\nkey = \"asset.a.roi\"\nvalues = [\"22-35 %\", \"22-35-%\"]\n",
    );
    assert_snapshot!(refused(&text), @r###"
    error[duplicate]: axis `claim` has two values called `22-35-%`
      --> mine.toml:20:22
       |
    20 | values = ["22-35 %", "22-35-%"]
       |           ---------  ^^^^^^^^^ the same name
       |           |
       |           first used here
       |
       = such as: labels = ["…", "…"]
       = rule: every value has its own name, which `labels` sets

    error[unit]: `roi` cannot be read from "22-35-%"
      --> mine.toml:20:22
       |
    20 | values = ["22-35 %", "22-35-%"]
       |                      ^^^^^^^^^ no range of ROI per year
       |
       = such as: "22-35 %"   or   [0.22, 0.35]   or   "28 %"   or   0.28
       = more: tailwheel explain asset.roi
       = in case: mine/claim=22-35-%

    2 errors in mine.toml; nothing was simulated
    "###);
}

#[test]
fn an_axis_over_a_variant_shows_both_keys() {
    let text = with_assets(
        "[[variant]]\nname = \"poor\"\nset = { \"owner.cash\" = 0 }\n\
         [[axis]]\nname = \"cash\"\nkey = \"owner.cash\"\nvalues = [1, 2]\n",
    );
    assert_snapshot!(refused(&text), @r###"
    error[variant]: axis `cash` would replace the value of a variant
      --> mine.toml:19:9
       |
    19 | set = { "owner.cash" = 0 }
       |         ^^^^^^^^^^^^ the variant sets this key
    ...
    22 | key = "owner.cash"
       |       ------------ the axis varies the same key
       |
       = rule: the values of an axis replace the settings of a variant

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn an_expectation_about_no_axis_no_value_and_without_limit_says_what_there_is() {
    let text = with_assets(
        "[[axis]]\nname = \"lockstep\"\nkey = \"owner.cash\"\nvalues = [1, 200]\n\
         [[expect]]\nid = \"e\"\nmeasure = \"m\"\nwhere = { lokstep = 1, variant = \"bare\" }\n\
         [[expect]]\nid = \"f\"\nmeasure = \"m\"\nabove = 0.3\nbelow = 0.2\nwhere = { lockstep = [300, \"2000\"] }\n",
    );
    assert_snapshot!(refused(&text), @r###"
    error[missing]: expectation `e` has no limit
      --> mine.toml:21:1
       |
    21 | [[expect]]
       | ^^^^^^^^^^ `above` or `below` is needed here
       |
       = such as: below = 0.15
       = rule: with both limits, the measure must lie between them
       = more: tailwheel explain expect.below

    error[unknown-axis]: no axis is named `lokstep`
      --> mine.toml:24:11
       |
    24 | where = { lokstep = 1, variant = "bare" }
       |           ^^^^^^^ did you mean `lockstep`?
       |
       = write: where = { lockstep = 1, variant = "bare" }

    error[unknown-axis]: this file has no variants
      --> mine.toml:24:24
       |
    24 | where = { lokstep = 1, variant = "bare" }
       |                        ^^^^^^^ not in this file
       |
       = known: lockstep

    error[range]: no value is above 0.3 and below 0.2
      --> mine.toml:28:9
       |
    28 | above = 0.3
       |         ^^^ not less than `below`
    29 | below = 0.2
       |         --- `below`
       |
       = rule: with both limits, `above` is the lower end and `below` the upper
               one
       = more: tailwheel explain expect.above

    error[unknown-value]: axis `lockstep` has no 300
      --> mine.toml:30:23
       |
    30 | where = { lockstep = [300, "2000"] }
       |                       ^^^ not a value of this axis
       |
       = known: 1, 200

    error[unknown-value]: axis `lockstep` has no "2000"
      --> mine.toml:30:28
       |
    30 | where = { lockstep = [300, "2000"] }
       |                            ^^^^^^ not a value of this axis
       |
       = known: 1, 200

    6 errors in mine.toml; nothing was simulated
    "###);
}

#[test]
fn exclusions_that_cut_nothing_or_everything_are_slips() {
    let axis = "[[axis]]\nname = \"p\"\nkey = \"owner.cash\"\nvalues = [1, 2]\n\
                [[axis]]\nname = \"q\"\nkey = \"run.seed\"\nvalues = [1, 2]\n";
    let text = with_assets(&format!("{axis}[[exclude]]\np = [1, 2]\n"));
    assert_snapshot!(refused(&text), @r###"
    error[exclude]: no case is left to simulate
      --> mine.toml:25:1
       |
    25 | [[exclude]]
       | ^^^^^^^^^^^ with this the last one is left out
       |
       = rule: a case is left out if all keys of one [[exclude]] hold for it

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn a_case_cannot_change_what_is_expected_of_it() {
    let text = with_assets("[[variant]]\nname = \"v\"\nset = { \"expect.e.below\" = 1 }\n");
    assert_snapshot!(refused(&text), @r###"
    error[set]: a case cannot change `expect`
      --> mine.toml:19:10
       |
    19 | set = { "expect.e.below" = 1 }
       |          ^^^^^^ not part of the simulation
       |
       = rule: variants and axes change the scenario, but not its cases or gates

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn too_many_cases_are_counted() {
    let values: Vec<String> = (1..=101).map(|n| n.to_string()).collect();
    let values = values.join(", ");
    let text = with_assets(&format!(
        "axis = [\n{{ name = \"p\", key = \"owner.cash\", values = [{values}] }},\n\
         {{ name = \"q\", key = \"run.seed\", values = [{values}] }}]\n"
    ));
    let text = text.replacen("run.seed = 1\n", "run.seed = 1\nAXIS\n", 1);
    let (head, axis) = text.split_once("axis = [").unwrap();
    let text = head.replace("AXIS", &format!("axis = [{}", axis.trim_end()));
    assert_snapshot!(refused(&text).replace(&values, "…"), @r###"
    error[range]: 10,201 cases are too many
     --> mine.toml:5:1
      |
    5 | axis = [
      | ^^^^ all combinations count
      |
      = rule: variants times values of all axes are at most 10,000, before
              [[exclude]]

    1 error in mine.toml; nothing was simulated
    "###);
}
