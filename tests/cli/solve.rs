//! `solve`: the value of a key at which a measure meets a target.

use crate::sandbox::Sandbox;

/// Somebody who lives on cash, and nothing left to chance.
const CASH: &str = "start = \"2027-01\"\nhorizon = \"5 years\"\ncurrency = \"USD\"\n\
                    run = { seed = 1, paths = 256 }\n\
                    asset = [{ name = \"x\", class = \"micro-saas-fleet\", value = 0, roi = 0.1 }]\n\
                    owner = { cash = 60_000, surplus = \"keep\", spending = \"100/month\" }\n\
                    economy = { inflation.fixed = 0, cash_rate = 0 }\n";

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
fn what_is_counted_is_found_among_whole_numbers() {
    let sandbox = Sandbox::new();
    let text = "start = \"2027-01\"\nhorizon = \"3 years\"\ncurrency = \"USD\"\nclass_events = false\nclass_ranges = false\n\
                run = { seed = 1, paths = 512 }\n\
                [[asset]]\nname = \"it\"\nclass = \"synthetic-media-royalties\"\nmodel = \"mechanism\"\nworks = 300\n\
                downloads = 140\n";
    sandbox.write("it.toml", text);
    let solve = |target: &str| {
        let asked = [
            "solve",
            "it.toml",
            "asset.it.downloads",
            "--measure",
            "income.terminal.p50",
        ];
        let range = ["--target", target, "--from", "1", "--to", "900"];
        sandbox.run(&[&asked[..], &range].concat()).done()
    };
    let screen = solve("150");
    let first = screen
        .lines()
        .find(|line| line.contains(" = "))
        .expect("a value");
    let typed: Vec<&str> = first.split_whitespace().collect();
    let [_, _, value, _, half] = typed[..] else {
        panic!("{screen}");
    };
    let whole = [value, half].map(|text| text.parse::<u32>().expect("a whole number"));
    assert!(whole[1] >= 1, "{screen}");
    // the first that meets the target: the next one below misses it
    let income = |downloads: u32| -> f64 {
        let set = format!("asset.it.downloads={downloads}");
        let json = sandbox
            .run(&["run", "it.toml", "--set", &set, "--json", "--no-charts"])
            .done();
        let json: serde_json::Value = serde_json::from_str(&json).expect("a report");
        json["measures"]["income.terminal.p50"]["value"]
            .as_f64()
            .expect("a figure")
    };
    for target in [150.0, 151.0, 152.0] {
        let screen = solve(&target.to_string());
        let first = screen.lines().find_map(|line| line.split_once(" = "));
        let value = first.and_then(|(_, value)| value.split_whitespace().next());
        let value: u32 = value.expect("a value").parse().expect("a whole number");
        assert!(
            income(value) >= target && income(value - 1) < target,
            "{screen}"
        );
    }
}

#[test]
fn spans_are_counted_and_what_is_exact_has_no_error() {
    let sandbox = Sandbox::new();
    sandbox.write("it.toml", CASH);
    let solve = |from: &str, to: &str| {
        let asked = [
            "solve",
            "it.toml",
            "horizon",
            "--measure",
            "wealth.terminal.p50",
        ];
        let range = ["--target", "57500", "--from", from, "--to", to];
        let screen = sandbox.run(&[&asked[..], &range].concat()).done();
        let found = screen.lines().find(|line| line.contains(" = "));
        found.expect("a value").trim().to_owned()
    };
    // 100 a month is spent
    assert_eq!(solve("1 months", "90 months"), "horizon = 25 months");
    assert_eq!(solve("1 year", "9 years"), "horizon = 2 years");
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
    let said = ran.out.replace("\n  ", " ");
    assert!(said.contains("is on the same side of $90k; what"), "{said}");
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

#[test]
fn a_target_that_no_chance_can_have_is_refused_before_anything_is_simulated() {
    let sandbox = Sandbox::new();
    // simulated would be so many paths that no memory holds them, which is another refusal
    sandbox.write(
        "it.toml",
        CASH.replace("paths = 256", "paths = 1_000_000_000"),
    );
    for (measure, target, remedy) in [
        (
            "ruin.probability",
            "5",
            "in per cent that is --target \"5 %\"",
        ),
        ("ruin.probability", "-0.1", "--target takes one of these"),
        ("ruin.probability", "500%", "--target takes one of these"),
        (
            "drawdown.max.p50",
            "20",
            "in per cent that is --target \"20 %\"",
        ),
    ] {
        let target = format!("--target={target}");
        let asked = [
            "solve",
            "it.toml",
            "owner.spending",
            "--measure",
            measure,
            &target,
        ];
        let range = ["--from", "0/month", "--to", "9/month"];
        let refused = sandbox.run(&[&asked[..], &range].concat()).failed();
        let rule = format!("`{measure}` lies between 0 and 1");
        assert!(
            refused.contains(&rule) && refused.contains(remedy),
            "{refused}"
        );
    }
}

#[test]
fn how_it_is_simulated_is_nothing_to_solve_for() {
    let sandbox = Sandbox::new();
    sandbox.write("it.toml", CASH);
    for key in ["run.paths", "run.seed"] {
        let asked = ["solve", "it.toml", key, "--measure", "wealth.terminal.p50"];
        let range = ["--target", "1", "--from", "256", "--to", "512"];
        let refused = sandbox.run(&[&asked[..], &range].concat()).failed();
        assert!(refused.contains("same draws"), "{refused}");
    }
}

#[test]
fn a_measure_that_jumps_over_its_target_is_said_to() {
    let sandbox = Sandbox::new();
    sandbox.write("it.toml", CASH);
    let asked = |measure: &str, target: &str| {
        let key = ["solve", "it.toml", "owner.spending", "--measure", measure];
        let range = [
            "--target",
            target,
            "--from",
            "100/month",
            "--to",
            "1900/month",
        ];
        sandbox.run(&[&key[..], &range].concat()).done()
    };
    // nothing is left to chance: everybody is ruined who spends more than 1,000 a month
    let screen = asked("ruin.probability", "50 %");
    let screen = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        screen.contains("it jumps over the target, from"),
        "{screen}"
    );
    assert!(
        screen.contains("1000/month") && screen.contains("1000.1/month"),
        "{screen}"
    );
    // and with what is left there is none: five digits hold a tenth of a coin
    let smooth = asked("wealth.terminal.p50", "31001");
    assert!(!smooth.contains("jumps"), "{smooth}");
}

#[test]
fn the_end_of_a_measure_is_met_all_along_and_no_value_is_found_for_it() {
    let sandbox = Sandbox::new();
    // at 100 a month nobody is ruined, at 3,000 some are: of 256 paths, not certainly
    sandbox.write("it.toml", CASH.replace("value = 0", "value = 60_000"));
    let asked = ["solve", "it.toml", "owner.spending"];
    let of_ruin = ["--measure", "ruin.probability"];
    let solve = |target: &str, from: &str, to: &str| {
        let target = format!("--target={target}");
        let range = [&target, "--from", from, "--to", to];
        sandbox.run(&[&asked[..], &of_ruin, &range].concat())
    };
    for (target, from, to) in [
        ("0 %", "0/month", "2000/month"),
        ("100 %", "1500/month", "9000/month"),
    ] {
        let found = solve(target, from, to);
        assert_eq!(found.code, Some(1), "{}", found.out);
        assert!(found.out.contains("already"), "{}", found.out);
    }
    // 99.9 / 100 is not .999
    let side = solve("99.9 %", "0/month", "1/month");
    assert!(side.out.contains("99.9 %"), "{}", side.out);
}

#[test]
fn every_option_that_takes_a_number_reads_one_with_an_exponent() {
    let sandbox = Sandbox::new();
    sandbox.write("it.toml", CASH);
    let range = |target, from, to| ["--target", target, "--from", from, "--to", to];
    let plain = sandbox
        .run(&solve(&range("30000", "0/month", "900/month")))
        .done();
    let short = sandbox
        .run(&solve(&range("3e4", "0e0/month", "9e2/month")))
        .done();
    assert_eq!(short.replace("9e2", "900"), plain);
    let share = [
        "solve",
        "it.toml",
        "owner.cash",
        "--measure",
        "ruin.probability",
    ];
    let ends = [
        "--set",
        "owner.spending=1e3/month",
        "--from",
        "1e3",
        "--to",
        "1E+5",
    ];
    let target = ["--target", "50e0 %"];
    let solved = sandbox.run(&[&share[..], &ends, &target].concat());
    assert!(
        !solved.err.contains("unit") && solved.code != Some(2),
        "{}",
        solved.err
    );
    for arguments in [
        &[
            "run",
            "it.toml",
            "--no-charts",
            "--no-bridge",
            "--paths",
            "1e2",
            "--seed",
            "1e1",
            "--threads",
            "2e0",
        ] as &[&str],
        &[
            "run",
            "it.toml",
            "--no-charts",
            "--no-bridge",
            "--set",
            "run.paths=1e2",
            "--set",
            "owner.spending=\"1.2e3/year\"",
        ],
        &["replay", "it.toml", "--path", "1e1"],
        &[
            "batch",
            "it.toml",
            "--no-cache",
            "--decide",
            "1e3",
            "--jobs",
            "1e0",
            "--threads",
            "1e0",
            "--max-time",
            "1e2s",
        ],
        &["batch", "it.toml", "--cache-size", "1e3MB"],
    ] {
        let ran = sandbox.run(arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.err);
    }
    let said = sandbox.run(&["run", "it.toml", "--paths", "1e-1"]).failed();
    assert!(said.contains("`paths`"), "{said}");
    let said = sandbox
        .run(&["batch", "it.toml", "--decide", "1.5"])
        .failed();
    assert!(said.contains("as in 20000 or 2e4"), "{said}");
}
