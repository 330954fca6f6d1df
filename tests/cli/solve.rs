//! `solve`: the value of a key at which a measure meets a target.

use crate::sandbox::Sandbox;

/// Somebody who lives on cash, and nothing left to chance.
const CASH: &str = "start = \"2027-01\"\nhorizon = \"5 years\"\ncurrency = \"USD\"\n\
                    run = { seed = 1, paths = 256 }\n\
                    asset = [{ name = \"x\", class = \"micro-saas-fleet\", value = 0, roi = 0.1 }]\n\
                    owner = { cash = 60_000, surplus = \"keep\", spending = \"100/month\" }\n\
                    economy = { inflation = 0, cash_rate = 0 }\n";

fn solve<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let asked = [
        "solve",
        "it.toml",
        "owner.spending",
        "--measure",
        "wealth.terminal.p50",
    ];
    [&asked, more].concat()
}

#[test]
fn what_can_be_spent_is_found_and_told_with_what_was_tried() {
    let sandbox = Sandbox::new();
    sandbox.write("it.toml", CASH);
    let range = [
        "--target",
        "30000",
        "--from",
        "0/month",
        "--to",
        "900/month",
    ];
    let screen = sandbox.run(&solve(&range)).done();
    // 60 times 500 are spent
    assert!(screen.contains("owner.spending = 500"), "{screen}");
    assert!(screen.contains("the target is $30k"), "{screen}");
    assert!(screen.contains("900/month"), "{screen}");
}

#[test]
fn what_does_not_lie_between_is_an_answer_and_what_cannot_be_asked_is_none() {
    let sandbox = Sandbox::new();
    sandbox.write("it.toml", CASH);
    let far = [
        "--target",
        "90000",
        "--from",
        "0/month",
        "--to",
        "900/month",
    ];
    let ran = sandbox.run(&solve(&far));
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""));
    assert!(ran.out.contains("does not pass $90k"), "{}", ran.out);
    for (arguments, expected) in [
        (
            ["--target", "much", "--from", "0/month", "--to", "9/month"],
            "--target is a number",
        ),
        (
            ["--target", "5", "--from", "0/month", "--to", "9/year"],
            "need one and the same",
        ),
        (
            ["--target", "5", "--from", "0/month", "--to", "0/month"],
            "nothing between them",
        ),
        (
            ["--target", "5", "--from", "few", "--to", "9/month"],
            "--from and --to are a number",
        ),
        (
            ["--target", "5", "--from", "0 parrots", "--to", "9 parrots"],
            "nothing was solved",
        ),
    ] {
        let said = sandbox.run(&solve(&arguments)).failed();
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
}
