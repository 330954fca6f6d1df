//! The most important messages about the flash-crash loop, whole.

use insta::assert_snapshot;

use super::support::{refused, with_asset, with_assets};

#[test]
fn shares_that_do_not_add_up_show_their_sum() {
    let seen =
        refused(&with_asset("[crash]\nmodels = { frontier-a = 0.45, frontier-b = 0.30, open-c = 0.20 }\n"));
    assert_snapshot!(seen, @r###"
    error[shares]: the shares of the models add up to 0.95, not 1
      --> mine.toml:10:10
       |
    10 | models = { frontier-a = 0.45, frontier-b = 0.30, open-c = 0.20 }
       |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 0.05 missing
       |
       = 0.45 + 0.3 + 0.2 = 0.95
       = help: frontier-a = 0.5, or change another
       = rule: shares of one whole add up to 1
       = more: tailwheel explain crash.models

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn a_band_that_begins_below_zero_names_the_model_and_what_to_change() {
    let seen = refused(&with_asset("[crash]\nmodels = { frontier-a = 0.1, open-b = 0.9 }\ntrigger = 0.16\n"));
    assert_snapshot!(seen, @r###"
    error[crash]: model `frontier-a` would sell before any price has fallen
      --> mine.toml:11:11
       |
    10 | models = { frontier-a = 0.1, open-b = 0.9 }
       |            ----------
    11 | trigger = 0.16
       |           ^^^^ the band begins at -0.005
       |
       = write: trigger = 0.17
       = help: a larger `trigger`, or a smaller `spread` or `band`
       = rule: every band of triggers begins above 0
       = more: tailwheel explain crash.trigger

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn models_and_clusters_at_once_show_both_places() {
    let seen = refused(&with_asset(
        "[crash]\nmodels = { a = 1 }\n[[crash.cluster]]\nname = \"a\"\ncapital_share = 1\nfirst_trigger = 0.18\ndispersion = 0.06\n",
    ));
    assert_snapshot!(seen, @r###"
    error[crash]: `models` and [[crash.cluster]] both set when agents sell
      --> mine.toml:10:10
       |
    10 | models = { a = 1 }
       |          ^^^^^^^^^ this key belongs to `models`
    11 | [[crash.cluster]]
       | ----------------- this table sets it for each cluster
       |
       = help: leave one of the two out
       = or: in a file that extends another: drop = ["crash.models"]

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn an_unknown_market_is_met_with_the_nearest_asset() {
    let text = with_assets("[[market]]\nname = \"warehose\"\nsize = 3\n");
    let seen = refused(&text.replace("\"b\"", "\"warehouse\""));
    assert_snapshot!(seen, @r###"
    error[unknown-market]: no asset is in a market named `warehose`
      --> mine.toml:18:8
       |
    18 | name = "warehose"
       |        ^^^^^^^^^^ did you mean "warehouse"?
       |
       = write: name = "warehouse"
       = rule: an asset belongs to the market in its key `market`, or to a market
               of its own name

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn an_impossible_crisis_is_told_what_is_possible() {
    let seen = refused(&with_assets("[crisis]\npairs = [[\"a\", \"b\", 0.9], [\"b\", \"c\", 0.9]]\n"));
    assert_snapshot!(seen, @r###"
    error[correlation]: these three correlations cannot hold together
      --> mine.toml:18:21
       |
    18 | pairs = [["a", "b", 0.9], ["b", "c", 0.9]]
       |                     ^^^              ---
       |                     |
       |                     must lie between -0.14 and 0.68 given the other two
       |
       = a / c is 0.30 as in normal months
       = smallest eigenvalue -0.13 (must be at least 0)
       = help: 0.68 or less, or change 0.90 or 0.30
       = or: repair = "nearest" changes none by more than 0.08; the report will
             say so

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn a_chance_without_its_time_and_a_shock_out_of_time_say_what_to_write() {
    let seen = refused(&with_assets(
        "[crisis]\nbegins = 0.03\n[[shock]]\nat = \"2047-07\"\nmarket = \"a\"\nloss = 30\n",
    ));
    assert_snapshot!(seen, @r###"
    error[unit]: `begins` has no unit: 0.03
      --> mine.toml:18:10
       |
    18 | begins = 0.03
       |          ^^^^ a probability needs its time unit
       |
       = write: begins = "3 %/month"
       = more: tailwheel explain crisis.begins

    error[range]: 2047-07 is not simulated
      --> mine.toml:20:6
       |
    20 | at = "2047-07"
       |      ^^^^^^^^^ outside the simulated months
       |
       = rule: this scenario runs from 2027-01 to 2036-12
       = more: tailwheel explain shock.at

    error[percent]: a fall of the price of 30 would be 3,000 %
      --> mine.toml:22:8
       |
    22 | loss = 30
       |        ^^ write a fraction, or a text with a percent sign
       |
       = write: loss = "30 %"
       = rule: a fall of the price lies between 0 and 0.99 (0 % to 99 %)
       = more: tailwheel explain shock.loss

    3 errors in mine.toml; nothing was simulated
    "###);
}

#[test]
fn a_loop_without_agents_asks_for_models() {
    let seen = refused(&with_asset("[crash]\nlockstep = 0.5\n"));
    assert_snapshot!(seen, @r###"
    error[missing]: [crash] has no agents
     --> mine.toml:9:1
      |
    9 | [crash]
      | ^^^^^^^ `models` is needed here
      |
      = such as: models = { frontier-a = 0.6, open-b = 0.4 }
      = or: [[crash.cluster]], with one table per cluster
      = more: tailwheel explain crash.models

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn an_agent_of_an_unknown_cluster_is_met_with_the_nearest() {
    let text = with_asset(
        "movable = true\nmanaged_by = \"fronter-a\"\n[crash]\nmodels = { frontier-a = 0.6, open-b = 0.4 }\n",
    );
    assert_snapshot!(refused(&text), @r###"
    error[unknown-cluster]: no cluster of agents is named `fronter-a`
      --> mine.toml:10:14
       |
    10 | managed_by = "fronter-a"
       |              ^^^^^^^^^^^ did you mean "frontier-a"?
       |
       = write: managed_by = "frontier-a"
       = rule: clusters are the models of [crash] and `dispersed`, or its
               [[crash.cluster]]
       = more: tailwheel explain asset.managed_by

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn classes_that_differ_in_one_market_show_both_places() {
    let text = with_assets("").replace("value = 1000\n", "value = 1000\nmarket = \"one\"\n");
    assert_snapshot!(refused(&text), @r###"
    error[class]: market `one` has no class, and its assets have several classes
      --> mine.toml:14:10
       |
     9 | market = "one"
       |          ----- of class "micro-saas-fleet"
    ...
    14 | market = "one"
       |          ^^^^^ of class "tokenized-real-estate"
       |
       = write: [[market]]
                name = "one"
                class = "micro-saas-fleet"
       = rule: the class of a market supplies its size, depth and correlations
       = more: tailwheel explain market.class

    1 error in mine.toml; nothing was simulated
    "###);
}

#[test]
fn a_pair_that_names_an_asset_of_a_shared_market_is_told_the_market() {
    let text = with_assets("[correlation]\npairs = [[\"a\", \"b\", 0.3]]\n");
    let text = text.replacen("value = 1000\n", "value = 1000\nmarket = \"fleets\"\n", 1);
    assert_snapshot!(refused(&text), @r###"
    error[unknown-market]: `a` is an asset of market `fleets`, but a pair names markets
      --> mine.toml:19:11
       |
    19 | pairs = [["a", "b", 0.3]]
       |           ^^^ this asset is in market `fleets`
       |
       = write: pairs = [["fleets", "b", 0.3]]
       = known: b, c, fleets
       = rule: `market_correlation` sets the correlation of assets in one market

    1 error in mine.toml; nothing was simulated
    "###);
}
