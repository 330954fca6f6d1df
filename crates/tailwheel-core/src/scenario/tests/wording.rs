//! The most important messages, whole: wording, excerpt, remedy.

use insta::assert_snapshot;

use super::support::{refused, refused_files, with_asset, with_assets, with_head};

#[test]
fn per_cent_written_as_a_number_are_explained() {
    let seen = refused(&with_asset("roi   = [22, 35]\n"));
    assert_snapshot!(seen, @r###"
    error[percent]: an ROI of 22 would be 2,200 % a year
     --> mine.toml:9:10
      |
    9 | roi   = [22, 35]
      |          ^^ write a fraction, or a text with a percent sign
      |
      = write: roi   = "22-35 %"
      = rule: a yearly ROI lies above -1 and is at most 5 (-100 % to 500 %)
      = more: tailwheel explain asset.roi

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn a_rate_of_one_or_more_must_say_per_cent() {
    let seen = refused(&with_asset("roi = [0.5, 1.2]\n[economy]\ninflation = 2.5\n"));
    assert_snapshot!(seen, @r###"
    error[percent]: an ROI of 1.2 would be 120 % a year
     --> mine.toml:9:13
      |
    9 | roi = [0.5, 1.2]
      |             ^^^ write a fraction, or a text with a percent sign
      |
      = write: roi = "50-120 %"
      = rule: a value of 100 % a year or more needs the percent sign, because a
              missing sign is likelier
      = more: tailwheel explain asset.roi

    error[percent]: a rate of 2.5 would be 250 % a year
      --> mine.toml:11:13
       |
    11 | inflation = 2.5
       |             ^^^ write a fraction, or a text with a percent sign
       |
       = write: inflation = "2.5 %"
       = rule: a value of 100 % a year or more needs the percent sign, because a
               missing sign is likelier
       = more: tailwheel explain economy.inflation

    2 errors in mine.toml; nothing was simulated
    "###);
}

#[test]
fn an_upside_down_range_is_turned_round() {
    let seen = refused(&with_asset("roi = \"35-22 %\" # claimed\n"));
    assert_snapshot!(seen, @r###"
    error[range]: the low end of this ROI range is above its high end
     --> mine.toml:9:7
      |
    9 | roi = "35-22 %" # claimed
      |       ^^^^^^^^^ 0.35 is above 0.22
      |
      = write: roi = [0.22, 0.35]
      = rule: the low end comes first
      = more: tailwheel explain asset.roi

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn a_range_upside_down_and_without_its_unit_is_proposed_the_right_way_round() {
    let seen = refused(&with_asset("roi = \"35-22\"\n"));
    assert!(seen.contains("= write: roi = \"22-35 %\"\n"), "{seen}");
    let seen = refused(&with_asset("roi = [35, 22]\n"));
    assert!(seen.contains("= write: roi = \"22-35 %\"\n"), "{seen}");
}

#[test]
fn an_unknown_key_is_met_with_the_nearest_one() {
    let seen = refused(&with_asset("volatilty = 0.3\nrevinue = 5\n"));
    assert_snapshot!(seen, @r###"
    error[unknown-key]: unknown key `volatilty` in asset `a`
     --> mine.toml:9:1
      |
    9 | volatilty = 0.3
      | ^^^^^^^^^ did you mean `volatility`?
      |
      = write: volatility = 0.3

    error[unknown-key]: unknown key `revinue` in asset `a`
      --> mine.toml:10:1
       |
    10 | revinue = 5
       | ^^^^^^^ unknown here
       |
       = known: name, class, model, value, launch, volatility, denomination,
                movable, trade_cost, exit_haircut, payment_lag, currency, and 45
                more

    2 errors in mine.toml; nothing was simulated
    "###);
}

#[test]
fn an_unknown_class_is_met_with_the_list() {
    let text = with_head("[[asset]]\nname = \"a\"\nclass = \"micro-sass-fleet\"\nvalue = 1\n");
    let seen = refused(&text);
    assert_snapshot!(seen, @r###"
    error[unknown-class]: there is no class "micro-sass-fleet"
     --> mine.toml:7:9
      |
    7 | class = "micro-sass-fleet"
      |         ^^^^^^^^^^^^^^^^^^ did you mean "micro-saas-fleet"?
      |
      = write: class = "micro-saas-fleet"
      = rule: the classes are micro-saas-fleet, synthetic-media-royalties,
              tokenized-real-estate, defi-yield-aggregator, niche-content,
              digital-product-flywheel, ai-managed-portfolio, index-fund, bonds,
              savings, dividend-shares, rental-property, community-token
      = more: tailwheel explain asset.class

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn jumps_that_vary_more_than_the_whole_are_shown_the_arithmetic() {
    let text = with_asset("jumps = { rate = \"2/year\", mean = -0.3, sd = 0.15 }\n");
    let seen = refused(&text);
    assert_snapshot!(seen, @r###"
    error[process]: `jumps` has more volatility than the whole asset
     --> mine.toml:9:9
      |
    9 | jumps = { rate = "2/year", mean = -0.3, sd = 0.15 }
      |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ volatility of 0.47434 a year
      |
      = 0.22² - 0.225 = 0.0484 - 0.225 = -0.1766
      = write: volatility = 0.48
      = help: or give `jumps` less volatility
      = rule: volatility² less the variance of `jumps` must be above 0. It is
              the variance of the diffusion

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn a_span_without_unit_and_a_flow_without_time_say_what_to_write() {
    let text = with_asset("jumps = { rate = 0.5, mean = -0.1, sd = 0.1 }\n").replace("\"10 years\"", "10");
    let seen = refused(&text);
    assert_snapshot!(seen, @r###"
    error[unit]: `horizon` has no unit: 10
     --> mine.toml:2:11
      |
    2 | horizon = 10
      |           ^^ a span needs its unit
      |
      = write: horizon = "10 years"   or   horizon = "10 months"
      = more: tailwheel explain horizon

    error[unit]: `rate` has no unit: 0.5
     --> mine.toml:9:18
      |
    9 | jumps = { rate = 0.5, mean = -0.1, sd = 0.1 }
      |                  ^^^ a flow needs its time unit
      |
      = write: jumps = { rate = "0.5/year", mean = -0.1, sd = 0.1 }   or   jumps = { rate = "0.5/month", mean = -0.1, sd = 0.1 }
      = more: tailwheel explain asset.jumps

    2 errors in mine.toml; nothing was simulated
    "###);
}

#[test]
fn what_is_missing_is_asked_for_with_an_example() {
    let seen = refused("title = \"x\"\n");
    assert_snapshot!(seen, @r###"
    error[missing]: the scenario has no `start`
     --> mine.toml:1:1
      |
    1 | title = "x"
      | ^ `start` is needed here
      |
      = such as: start = "2027-01"
      = rule: `start`: The first simulated month; dates count from here
      = more: tailwheel explain start

    error[missing]: the scenario has no `horizon`
     --> mine.toml:1:1
      |
    1 | title = "x"
      | ^ `horizon` is needed here
      |
      = such as: horizon = "10 years"
      = rule: `horizon`: Length of the simulation, in whole months
      = more: tailwheel explain horizon

    error[missing]: the scenario has no `currency`
     --> mine.toml:1:1
      |
    1 | title = "x"
      | ^ `currency` is needed here
      |
      = such as: currency = "USD"
      = rule: `currency`: Symbol of the currency of every amount in the file
      = more: tailwheel explain currency

    error[missing]: [run] has no `seed`
     --> mine.toml:1:1
      |
    1 | title = "x"
      | ^ `seed` is needed here
      |
      = such as: run.seed = 2027
      = rule: `seed`: Seed of all random numbers: the same seed gives the same
              result
      = more: tailwheel explain run.seed

    error[missing]: there is no asset to simulate
     --> mine.toml:1:1
      |
    1 | title = "x"
      | ^ an `[[asset]]` is needed
      |
      = such as: [[asset]]
                 name = "saas"
                 class = "micro-saas-fleet"
                 value = 80_000

    5 errors in mine.toml; nothing was simulated
    "###);
}

#[test]
fn syntax_faults_arrive_together_and_nothing_is_said_about_meaning() {
    let seen = refused("start = 2027-01\nhorizon = \nunknown = 1\nx = \"\\q\"\n[run\nseed = 1\n");
    assert_snapshot!(seen, @r###"
    error[syntax]: invalid date, expected `-` (MM-DD)
     --> mine.toml:1:9
      |
    1 | start = 2027-01
      |         ^^^^^^^
      |
      = such as: a date in quotes: "2027-01"

    error[syntax]: a value is missing
     --> mine.toml:2:11
      |
    2 | horizon = 
      |           ^

    error[syntax]: missing escaped value, expected `b`, `e`, `f`, `n`, `r`, `\`, `"`, `x`, `u`, `U`
     --> mine.toml:4:7
      |
    4 | x = "\q"
      |       ^

    error[syntax]: unclosed table, expected `]`
     --> mine.toml:5:5
      |
    5 | [run
      |     ^
      |
      = write: [run]

    4 errors in mine.toml; nothing was simulated
    "###);
}

#[test]
fn a_fault_of_a_base_is_shown_in_the_base() {
    let base = with_asset("roi = 22\n");
    let mine = "extends = \"base.toml\"\n[[asset]]\nname = \"a\"\nvalue = -1\n";
    let files = [("dir/mine.toml", mine), ("dir/base.toml", &base)];
    let seen = refused_files(&files, &["asset.a.decay=x", "run.seed=-1"]);
    assert_snapshot!(seen, @r###"
    error[range]: an amount of -1 is too small
     --> dir/mine.toml:4:9
      |
    4 | value = -1
      |         ^^ out of range
      |
      = rule: an amount lies between 0 and 10,000,000,000,000; if it is not 0,
              it is at least 1e-9
      = such as: 80_000
      = more: tailwheel explain asset.value

    error[percent]: an ROI of 22 would be 2,200 % a year
     --> dir/base.toml:9:7
      |
    9 | roi = 22
      |       ^^ write a fraction, or a text with a percent sign
      |
      = write: roi = "22 %"
      = rule: a yearly ROI lies above -1 and is at most 5 (-100 % to 500 %)
      = more: tailwheel explain asset.roi

    error[unit]: `decay` cannot be read from "x"
     --> --set:1:15
      |
    1 | asset.a.decay="x"
      |               ^^^ no rate per year, or a range
      |
      = such as: "23 %/year"   or   "10-40 %/year"
      = more: tailwheel explain asset.decay

    error[range]: a seed of -1 is out of range
     --> --set:1:10
      |
    1 | run.seed=-1
      |          ^^ out of range
      |
      = rule: a seed is a whole number, not negative
      = such as: 2027
      = more: tailwheel explain run.seed

    4 errors in dir/mine.toml; nothing was simulated
    "###);
}

#[test]
fn names_used_twice_show_both_places() {
    let text = with_asset("[[asset]]\nname = \"a\"\nclass = \"niche-content\"\nvalue = 1\n");
    let seen = refused(&text);
    assert_snapshot!(seen, @r###"
    error[duplicate]: the name `a` is used twice
      --> mine.toml:10:8
       |
     6 | name = "a"
       |        --- first used here
    ...
    10 | name = "a"
       |        ^^^ used again
       |
       = rule: every asset has its own name, which --set and the report use

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn two_faults_of_one_line_propose_one_line() {
    let seen = refused(&with_assets("[correlation]\npairs = [[\"a\", \"b\", 45], [\"b\", \"c\", 30]]\n"));
    let line = "= write: pairs = [[\"a\", \"b\", 0.45], [\"b\", \"c\", 0.3]]";
    assert_eq!(seen.matches(line).count(), 2, "{seen}");
    let seen = refused(&with_head(
        "[[asset]]\nname = \"a\"\nclass = \"micro-saas-fleet\"\nvalue = 1000\n\
         jumps = { rte = \"0.5/year\", mean = \"-0,1\", sd = 0.1 } # falls\n",
    ));
    let line = "= write: jumps = { rate = \"0.5/year\", mean = -0.1, sd = 0.1 }";
    assert_eq!(seen.matches(line).count(), 2, "{seen}");
}

#[test]
fn items_without_names_are_not_told_by_their_names() {
    let text = with_asset("[[expect]]\nmeasure = \"loss.probability\"\nbelow = 1\n");
    let seen = refused_files(&[("mine.toml", &text)], &["expect.x.below=0"]);
    assert!(seen.contains("must be assigned whole"), "{seen}");
    assert!(!seen.contains("known:"), "{seen}");
}
