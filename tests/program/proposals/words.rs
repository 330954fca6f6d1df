//! Words that are no keys: of later versions, and of people.
//!
//! In: files with such words. Out: claims on what is said. Not here: slips of the finger.

use super::apply::{faults, messages, only};
use crate::common::rows;

const GOOD: &str = "start = \"2027-01\"\nhorizon = \"10 years\"\ncurrency = \"USD\"\nrun.seed = 1\n";
const ASSET: &str = "[[asset]]\nname = \"a\"\nclass = \"micro-saas-fleet\"\nvalue = 1000\n";

/// All keys of SCENARIO.md and DESIGN.md that this version has not, where they are planned.
#[test]
fn every_planned_key_is_answered_where_it_will_stand() {
    let mut planned = vec![format!("{GOOD}{ASSET}[owner]\naudit = \"7.5 h/week\"\n")];
    for (section, keys) in [
        ("", "escrow history exploit hack"),
        ("[owner]", "audit"),
        ("", "users affiliate expansion fee Fees cost costs"),
        ("[[market]]\nname = \"a\"", "kind history bootstrap"),
    ] {
        planned.extend(keys.split(' ').map(|key| format!("{GOOD}{ASSET}{section}\n{key} = 1\n")));
    }
    planned.push(format!("{}\nrun.keep = 1\n{ASSET}", GOOD.trim_end()));
    for text in planned {
        let fault = only(&text);
        assert_eq!(fault.code, "not-in-version", "{text}");
        assert!(fault.message.ends_with("is not in this version"), "{}", fault.message);
        assert!(fault.proposals.is_empty() && fault.note("help").is_some(), "{text}");
    }
}

const MIXED: &str = "start = \"2027-01\"\nhorizon = \"1 year\"\ncurrency = \"USD\"\nrun.seed = 1\n\
    [[asset]]\nname = \"a\"\nclass = \"ai-managed-portfolio\"\nmodel = \"mechanism\"\nroi = 0.1\nvalue = 1\n\
    mix = { equity = 1 }\n";

/// What is removed, and what its fault says to write instead.
#[test]
fn what_is_removed_is_refused_with_what_to_write_instead() {
    let of_kind = |kind: &str| format!("{GOOD}{ASSET}[[event]]\nname = \"e\"\n{kind}\nasset = \"a\"\n");
    let owner = |keys: &str| format!("{GOOD}{ASSET}[owner]\ncash = 1_000\n{keys}\n");
    for (text, instead) in [
        (of_kind("kind = \"bridge-hack\""), "kind = \"protocol-exploit\""),
        (of_kind("kind = \"governance-attack\""), "kind = \"protocol-exploit\""),
        (owner("exit_haircut_multiple = 0.7"), "exit_haircut"),
        (owner("residence = [{ in = \"usa\", exit_haircut_multiple = 1 }]"), "exit_haircut"),
        (owner("law_change_multiple = 0.5"), "rate"),
        (format!("{MIXED}part_return = {{ equity = 1 }}\n"), "mix_return"),
        (format!("{MIXED}part_volatility = {{ equity = 0.2 }}\n"), "volatility"),
        (format!("{MIXED}part_correlation = {{ equity_crypto = 0 }}\n"), "volatility"),
    ] {
        let fault = only(&text);
        assert_eq!(fault.code, "removed", "{text}");
        let says = |(name, told): &(_, String)| *name == "help" && told.contains(instead);
        assert!(fault.notes.iter().any(says), "{text}: {:?}", fault.notes);
    }
    assert!(faults(&of_kind("kind = \"protocol-exploit\"")).is_empty());
}

#[test]
fn what_is_not_modeled_is_refused_without_a_proposal() {
    let fault = only(&format!("{GOOD}{ASSET}mortgage = 200_000\n"));
    assert_eq!(fault.code, "not-modeled");
    assert!(fault.proposals.is_empty());
    // what comes nearest is valid as it is printed
    let (_, payments) = &fault.notes[0];
    assert!(faults(&format!("{GOOD}{ASSET}{payments}\n")).is_empty(), "{payments}");
}

#[test]
fn a_key_is_proposed_only_if_it_takes_the_value_and_is_not_there_already() {
    let fault = only(&format!("{GOOD}{ASSET}[owner]\nexpenses = \"much\"\n"));
    assert!(fault.proposals.is_empty(), "{:?}", fault.proposals);
    let fault = only(&format!("{GOOD}{ASSET}valeu = 5\n"));
    assert!(fault.proposals.is_empty());
    assert_eq!(fault.labels, ["`value` is already set"]);
    // of a name that is used again, both places are shown
    let fault = only(&format!("{GOOD}{ASSET}{ASSET}"));
    assert_eq!(fault.labels, ["used again", "first used here"]);
    assert!(fault.at > Some(GOOD.len() + ASSET.len()));
}

#[test]
fn words_that_people_use_and_slips_are_one_fault_and_answered_with_the_key() {
    let good = format!("{GOOD}{ASSET}");
    for [right, wrong, meant] in rows(include_str!("words.tsv")) {
        let text = if right.is_empty() { format!("{good}{wrong}") } else { good.replacen(right, wrong, 1) };
        let fault = only(&text);
        assert_eq!(fault.proposals[0].0, meant, "{text}");
        assert!(faults(&fault.proposals[0].1).is_empty(), "{text}");
    }
    let found = faults(&good.replacen("horizon = \"10 years\"", "rocket = 1", 1));
    assert!(found.iter().map(|fault| fault.code).eq(["missing", "unknown-key"]));
}

#[test]
fn of_a_broken_header_nothing_is_told_that_follows_from_it() {
    let rest = ["b", "c", "d"].map(|name| ASSET.replace("\"a\"", &format!("\"{name}\""))).concat();
    let whole = format!("{GOOD}[economy]\ninflation = 0.02\n{ASSET}{rest}[owner]\ncash = 1\n");
    assert!(faults(&whole).is_empty());
    for (right, wrong, is_mended) in [
        ("[economy]", "[economy", true),
        ("[economy]", "[economy # rates", true),
        ("[[asset]]", "[[asset", true),
        ("[[asset]]", "[[asset]", true),
        ("[owner]", "[owner", true),
        ("[economy]", "[economy rates]", false),
        ("[economy]", "[economy)", false),
        ("[[asset]]", "[asset]]", false),
        ("[owner]", "owner]", false),
        ("[owner]", "[\"owner", false),
        ("[owner]", "[\"owner]", false),
    ] {
        let fault = only(&whole.replacen(right, wrong, 1));
        assert_eq!(fault.proposals.len(), usize::from(is_mended), "{wrong}: {:?}", fault.proposals);
        assert!(!is_mended || fault.code == "syntax", "{wrong}");
        for (_, mended) in fault.proposals {
            assert!(faults(&mended).is_empty(), "{mended}");
        }
    }
    // what does not follow from it is told
    let list = whole.replacen("[economy]", "[[economy]\nx = [\"a\" \"b\"]\n", 1);
    let told = messages(&list);
    assert!(told.len() == 2 && told[1].starts_with("missing comma"), "{told:?}");
    let twice = whole.replacen("cash = 1", "cash = 1\ncash = 2", 1);
    assert_eq!(faults(&twice.replacen("[economy]", "[economy", 1)).len(), 2);
}

#[test]
fn what_is_there_twice_is_one_fault_with_all_its_places() {
    let second = ASSET.replace("\"a\"", "\"b\"");
    let single = |text: &str| text.replace("[[asset]]", "[asset]");
    for (text, labels) in [
        (format!("{GOOD}{}{second}", single(ASSET)), &["single brackets"][..]),
        (format!("{GOOD}{ASSET}{}", single(&second)), &["single brackets"]),
        (format!("{GOOD}{}", single(&format!("{ASSET}{second}"))), &["single brackets"; 2]),
        (format!("{GOOD}{ASSET}[owner]\ncash = 1\n[owner]\nspending = 0\n"), &["again", "first here"]),
        (format!("{GOOD}{ASSET}roi = 0.1\nvalue = 5\n"), &["again", "first here"]),
    ] {
        let fault = only(&text);
        assert_eq!(fault.labels, labels, "{text}");
        // what is proposed leads to a file that is read
        let mut text = text;
        while let Some(fault) = faults(&text).into_iter().next() {
            let Some((_, mended)) = fault.proposals.into_iter().next() else { break };
            text = mended;
        }
        let remedy = faults(&text).first().and_then(|fault| fault.note("help").map(str::to_owned));
        assert!(remedy.is_none_or(|help| help.contains("delete")), "{text}");
    }
}

#[test]
fn a_key_of_another_model_is_no_reason_to_change_the_model() {
    let defi = ASSET.replace("micro-saas-fleet", "defi-yield-aggregator");
    let income = |more: &str| defi.replace("value = 1000", &format!("income = \"90/month\"{more}"));
    for text in [
        income(""),
        income("\nmodel = \"mechanism\""),
        income("\nvalue = 5"),
        format!("{ASSET}churn = \"3 %/month\"\n"),
    ] {
        let fault = only(&format!("{GOOD}{text}"));
        assert!(fault.proposals.is_empty(), "{:?}", fault.proposals);
        assert!(fault.note("such as").is_some(), "{text}");
    }
    // the model of the class has its own keys
    assert_eq!(only(&format!("{GOOD}{ASSET}units = 30\n")).note("write"), Some("model = \"mechanism\""));
}

#[test]
fn a_number_is_not_taken_for_a_slip_of_another() {
    let axis = "[[axis]]\nname = \"defi\"\nkey = \"asset.a.value\"\nvalues = [1000, 120000]\n";
    let expect = |value: &str| {
        format!(
            "{GOOD}{ASSET}{axis}[[expect]]\nid = \"x\"\nmeasure = \"loss.probability\"\nbelow = 0.1\n\
             where = {{ defi = {value} }}\n"
        )
    };
    assert_eq!(only(&expect("\"1,000\"")).proposals[0].0, "\"1000\"");
    assert!(only(&expect("\"1,200\"")).proposals.is_empty());
}

#[test]
fn a_name_with_a_control_character_is_never_proposed() {
    let text = format!(
        "{GOOD}{}[[shock]]\nat = \"2027-05\"\nmarket = \"ab\"\nloss = 0.1\n",
        ASSET.replace("\"a\"", "\"ab\\u0000\"")
    );
    for fault in faults(&text) {
        for (proposal, _) in fault.proposals {
            assert!(!proposal.contains(char::is_control), "{proposal:?}");
        }
    }
}

/// The keys of the starter below headers that are commented out, each with the numbers of its header's line and its own.
fn left_out_of_starter(starter: &str) -> Vec<(usize, &str, usize)> {
    let mut header = None;
    let mut found = Vec::new();
    for (n, line) in starter.lines().enumerate() {
        let bare = line.strip_prefix("# ");
        if line.trim_start_matches("# ").starts_with('[') {
            header = bare.map(|_| n);
        } else if let (Some(header), Some((key, _))) = (header, bare.and_then(|line| line.split_once('='))) {
            found.push((header, key.trim(), n));
        }
    }
    found
}

/// The starter with these lines no longer commented out.
fn written(starter: &str, lines: &[usize]) -> String {
    let line = |(n, line): (usize, &str)| {
        format!("{}\n", if lines.contains(&n) { &line["# ".len()..] } else { line })
    };
    starter.lines().enumerate().map(line).collect()
}

#[test]
fn a_key_whose_header_is_left_out_is_told_where_it_belongs() {
    let starter = include_str!("../../../src/cli/starter.toml");
    let mut n_told = 0;
    for (header, key, n) in left_out_of_starter(starter) {
        let line = |n| starter.lines().nth(n).expect("a line");
        let (header_line, line) = (line(header), line(n));
        let found = faults(&written(starter, &[n]));
        let fault = found.iter().find(|fault| fault.code == "unknown-key");
        let fault = fault.unwrap_or_else(|| panic!("{line}"));
        assert!(fault.proposals.is_empty(), "{line}");
        let Some(rule) = fault.note("rule") else {
            // of these keys there are too many
            assert!(["name", "kind"].contains(&key), "{line}");
            continue;
        };
        let title = &header_line[2..=header_line.rfind(']').expect("a header")];
        assert!(rule.contains(&format!("below {title}")), "{line}: {rule}");
        // below its header it is known
        let known = faults(&written(starter, &[header, n]));
        assert!(known.iter().all(|fault| fault.code != "unknown-key"), "{line}");
        n_told += 1;
    }
    assert!(n_told >= 18, "{n_told}");
    // `cash_rate` is near, `[owner]` has the key: neither is certain
    for cash in ["cash", "\"cash\""] {
        let near = only(&format!("{GOOD}{ASSET}[economy]\n{cash} = 5_000\n"));
        assert!(near.proposals.is_empty(), "{:?}", near.proposals);
        assert_eq!(near.note("rule"), Some("`cash` belongs below [owner]"));
    }
    let top = only(&format!("{GOOD}run.title = 1\n{ASSET}"));
    assert_eq!(top.note("rule"), Some("`title` belongs at the top of the file"));
    let event = "[[event]]\nkind = \"platform-ban\"\nasset = \"a\"\nrecovery = \"3 months\"\n";
    for name in ["", "name = \"ban\"\n"] {
        let found = faults(&format!("{GOOD}{ASSET}{event}{name}"));
        let other_kind = found.iter().find(|fault| fault.code == "unknown-key");
        assert_eq!(other_kind.expect("a key of another kind").note("rule"), None);
    }
}

#[test]
fn of_one_item_of_a_list_the_example_is_one_item() {
    let defi = ASSET.replace("\"a\"", "\"defi\"").replace("micro-saas-fleet", "defi-yield-aggregator");
    let strikes = "[[event]]\nkind = \"contract-exploit\"\nname = \"hack\"\nasset = \"defi\"\n";
    let owner = |line: &str| format!("{GOOD}{defi}{strikes}[owner]\ncash = 100_000\n{line}\n");
    let market =
        "[[market]]\nname = \"defi\"\nrecovery_half_life = [5, { weight = 0.4, half_life = \"9 months\" }]\n";
    for text in [
        owner("cover = [5]"),
        owner("flows = [5]"),
        owner("spending = [5]"),
        owner("residence = [5]"),
        owner("tax_rate = [{ above = 0, rate = \"5 %\" }, 5]"),
        format!("{GOOD}{defi}{market}[crash]\nmodels = {{ a = 1.0 }}\ntrigger = 0.2\nlockstep = 0.5\n"),
    ] {
        let fault = only(&text);
        let at = fault.at.expect("a place");
        let shown = fault.note("such as").expect("an example");
        let mended = format!("{}{shown}{}", &text[..at], &text[at + 1..]);
        assert_eq!(messages(&mended), [""; 0], "{shown}");
    }
}
